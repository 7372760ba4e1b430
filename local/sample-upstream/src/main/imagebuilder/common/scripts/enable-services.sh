#!/bin/bash
# Enables each init script of the root directory by its own rc.common, on the build host, except
# those in DISABLED_SERVICES; then takes the present out of the files' times.
cd "$TARGET_DIR" || exit 1
export IPKG_INSTROOT="$TARGET_DIR"

for script in ./etc/init.d/*; do
    grep -q '#!/bin/sh /etc/rc.common' "$script" || continue
    name="${script##*/}"
    case " $DISABLED_SERVICES " in
        *" $name "*)
            echo "Disabling $name"
            bash ./etc/rc.common "$script" disable
            ;;
        *)
            echo "Enabling $name"
            bash ./etc/rc.common "$script" enable
            ;;
    esac
done

find . -newermt "@$SOURCE_DATE_EPOCH" -exec touch -hcd "@$SOURCE_DATE_EPOCH" {} +
