package dev.wrtfarm.stack;

/**
 * @param superuser nobody uses it, but PostgreSQL wants one
 * @param farm of the role that owns the farm's database
 */
record PostgresPasswords(String superuser, String farm) {
  @Override
  public String toString() {
    return "PostgresPasswords[…]";
  }
}
