package dev.wrtfarm.common.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.value.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageIdTest {
  private static final Sha256 A = Sha256.of("a");
  private static final Sha256 B = Sha256.of("b");
  private static final Sha256 C = Sha256.of("c");

  @Test
  void it_depends_on_all_three_and_on_their_places() {
    assertThat(
            List.of(
                ImageId.of(A, B, C),
                ImageId.of(B, A, C),
                ImageId.of(A, C, B),
                ImageId.of(A, B, B),
                ImageId.of(C, B, C)))
        .doesNotHaveDuplicates();
    assertThat(ImageId.of(A, B, C)).isEqualTo(ImageId.of(A, B, C));
  }

  @Test
  void a_package_set_is_the_same_in_any_order_and_another_with_other_bytes() {
    ResolvedPackage busybox = new ResolvedPackage("busybox", "1.36.1-r2", A.hex());
    ResolvedPackage libc = new ResolvedPackage("libc", "1.2.5-r4", null);
    Sha256 digest = new PackageSet(List.of(busybox, libc)).digest();
    assertThat(new PackageSet(List.of(libc, busybox)).digest()).isEqualTo(digest);
    assertThat(
            new PackageSet(List.of(libc, new ResolvedPackage("busybox", "1.36.1-r2", B.hex())))
                .digest())
        .isNotEqualTo(digest);
  }
}
