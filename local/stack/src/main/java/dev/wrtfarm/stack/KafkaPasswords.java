package dev.wrtfarm.stack;

/**
 * @param broker of the broker itself, towards its controller
 * @param client of the services
 */
record KafkaPasswords(String broker, String client) {
  @Override
  public String toString() {
    return "KafkaPasswords[…]";
  }
}
