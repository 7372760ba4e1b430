# opkg: libc and kernel come first, scripts run while packages are installed.

OPKG := python3 scripts/opkg.py

define check_keys
$(OPKG) make-key >&2
endef

define package_index
$(OPKG) index >&2
endef

# The lists may be old: a mirror that does not answer is no reason to stop here.
define package_reload
$(OPKG) index >&2
$(OPKG) update >&2 || true
endef

define package_install
$(OPKG) install libc
$(OPKG) install kernel
$(OPKG) install $$($(PROFILES) packages)
endef

define list_installed
$(OPKG) list-installed
endef

define list_available
$(OPKG) list
endef

define query_dependencies
$(OPKG) $(QUERY)
endef

define run_deferred_scripts
endef
