package dev.wrtfarm.api.lab;

/** What a card is known by in the whole farm. */
public final class CardId {
  private static final String OWN = "cid:";
  private static final int LONGEST = 300;

  private CardId() {}

  /**
   * A card's own identity is the same at every host. Whatever else an agent knows it by, such as
   * the port that it is in, means something at that host only.
   */
  public static String of(String host, String told) {
    String id = told.startsWith(OWN) ? told : host + ":" + told;
    return id.length() <= LONGEST ? id : id.substring(0, LONGEST);
  }
}
