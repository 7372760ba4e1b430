# apk: one solution for all packages, whose scripts run when the root directory is finished.

APK := python3 scripts/apk.py

define check_keys
$(APK) make-key >&2
endef

define package_index
$(APK) index >&2
endef

define package_reload
$(APK) index >&2
$(APK) update
endef

define package_install
$(APK) add $$($(PROFILES) packages)
endef

define list_installed
$(APK) list-installed
endef

define list_available
$(APK) list
endef

define query_dependencies
$(APK) $(QUERY)
endef

define run_deferred_scripts
$(APK) run-scripts
endef
