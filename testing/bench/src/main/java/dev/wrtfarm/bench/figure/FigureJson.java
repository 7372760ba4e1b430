package dev.wrtfarm.bench.figure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** The whole result for programs, with every single sample. */
public final class FigureJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FigureJson() {}

  /** Fails before a long run instead of after it. */
  public static void makeRoom(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
  }

  public static void write(Path file, Machine machine, int rounds, List<Section> sections)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("machine", JSON.valueToTree(machine));
    root.put("rounds", rounds);
    ArrayNode all = root.putArray("sections");
    for (Section section : sections) {
      ObjectNode node = all.addObject().put("name", section.name()).put("title", section.title());
      ArrayNode figures = node.putArray("figures");
      section.figures().forEach(figure -> figures.add(node(figure)));
    }
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  private static ObjectNode node(Figure figure) {
    Samples samples = figure.samples();
    ObjectNode node = JSON.createObjectNode();
    node.put("name", figure.name());
    node.put("unit", figure.unit().name().toLowerCase(Locale.ROOT));
    node.put("median", samples.median());
    node.put("min", samples.min());
    node.put("max", samples.max());
    node.put("n", samples.count());
    Figure.Reference reference = figure.reference();
    if (reference != null) {
      node.put("reference", reference.name());
      figure
          .ratios()
          .ifPresent(ratios ->
              node.put("ratio", ratios.median())
                  .put("ratioMin", ratios.min())
                  .put("ratioMax", ratios.max()));
    }
    samples.values().forEach(node.putArray("samples")::add);
    return node;
  }
}
