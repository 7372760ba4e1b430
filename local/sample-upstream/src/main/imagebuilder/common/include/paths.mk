# Where things lie in the tree, by the names of the real Image Builder.

export TMP_DIR := $(TOPDIR)/tmp
export DL_DIR := $(TOPDIR)/dl
export BUILD_DIR := $(TOPDIR)/build_dir/target-$(ARCH)_musl
export TARGET_DIR := $(BUILD_DIR)/root-$(BOARD)
export KERNEL_BUILD_DIR := $(BUILD_DIR)/linux-$(BOARD)_$(SUBTARGET)
export OUTPUT_DIR := $(or $(BIN_DIR),$(TOPDIR)/bin/targets/$(BOARD)/$(SUBTARGET))

# What the scripts read of the caller's variables. They go through the environment: a shell never
# sees them.
export PROFILE PACKAGES FILES EXTRA_IMAGE_NAME DISABLED_SERVICES ROOTFS_PARTSIZE STRIP_ABI
export ADD_LOCAL_KEY PACKAGE

export SOURCE_DATE_EPOCH
export LC_ALL := C
export TZ := UTC
export PYTHONDONTWRITEBYTECODE := 1
export PATH := $(TOPDIR)/staging_dir/host/bin:$(PATH):/usr/sbin:/sbin
