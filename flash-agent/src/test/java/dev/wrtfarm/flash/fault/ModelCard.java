package dev.wrtfarm.flash.fault;

import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.faultdisk.model.DiskFailed;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/** Without a kernel: the model itself is the medium. */
record ModelCard(BlockModel model) implements Card {
  @Override
  public Medium open() {
    return new ModelMedium(model);
  }

  @Override
  public void powerCycle() {
    model.powerCycle();
  }

  @Override
  public void close() throws IOException {
    model.close();
  }

  private record ModelMedium(BlockModel model) implements Medium {
    @Override
    public long size() {
      return model.size();
    }

    @Override
    public void read(long offset, MemorySegment into) throws MediumFailed {
      ask("read", offset, () -> model.read(offset, into.asByteBuffer()));
    }

    @Override
    public void write(long offset, MemorySegment from) throws MediumFailed {
      ask("write", offset, () -> model.write(offset, from.asByteBuffer()));
    }

    @Override
    public void flush() throws MediumFailed {
      ask("flush", -1, model::flush);
    }

    @Override
    public OptionalLong delivered() {
      return OptionalLong.of(model.bytesRead());
    }

    /** The model belongs to the card. */
    @Override
    public void close() {}

    private interface Question {
      void ask() throws IOException;
    }

    private static void ask(String operation, long offset, Question question) throws MediumFailed {
      try {
        question.ask();
      } catch (DiskFailed e) {
        throw new MediumFailed(operation, offset, e.error().name());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
