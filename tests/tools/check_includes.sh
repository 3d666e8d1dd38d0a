#!/usr/bin/env bash
# Holds the rooms apart: a room includes only headers of the rooms it may use and its own foreign headers, and no
# header of ours shows a foreign type (a *private.h, seen by one room only, may). Usage: check_includes.sh [TREE]
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"

# Rooms each room may use, itself included.
declare -A may_use=(
    [base]="base"
    [data]="base data"
    [text]="base text"
    [pdf]="base text pdf"
    [script]="base data text pdf script"
    [job]="base data text pdf script job"
    [cli]="base data text pdf script job cli"
    [include]=""
)

# Foreign headers each room alone may include, as an extended regular expression; "-" is none.
icu_common='unicode/(utypes|uchar|ucasemap|uscript|ustring|uloc|utf|utf8|utf16|uclean|udata|uversion|utext|uset|ucnv|unorm2|uenum|ures|ucal)\.h'
declare -A foreign=(
    [base]='-'
    [data]="(cjson/)?cJSON\.h|$icu_common|unicode/(unum.*|udat.*|udtitvfmt|uformattedvalue|uplrule.*|upluralrules|ulistformatter|ufieldpositer)\.h"
    # The catalog reads fonts.json, which is why text sees cJSON too.
    [text]="hb(-ot|-icu)?\.h|$icu_common|unicode/(ubrk|ubidi|ubiditransform|ucol|ulocdata)\.h|fontconfig/fontconfig\.h|(cjson/)?cJSON\.h"
    [pdf]='hpdf[a-z_0-9]*\.h|hb(-ot|-subset)?\.h|png\.h|jpeglib\.h|lcms2\.h|libdeflate\.h|expat\.h|qrencode\.h|qpdf/qpdf-c\.h'
    [script]='lua\.h|lauxlib\.h|lualib\.h|md4c\.h'
    [job]='-'
    [cli]='-'
    [include]='-'
)

# Headers of the C library, of the compiler and of Linux.
system='(assert|cpuid|ctype|dirent|dlfcn|errno|fcntl|fenv|float|fnmatch|ftw|getopt|glob|grp|immintrin|inttypes|libgen|limits|locale|malloc|math|poll|pthread|pwd|sched|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|sysexits|termios|time|unistd|utime|wchar)\.h|(sys|linux|bits)/[a-z_0-9]+\.h'

# Types that only a foreign header defines.
types='\b(hb_[a-z_]+_t|lua_[A-Z][A-Za-z]*|luaL_[A-Za-z]+|cJSON|HPDF_[A-Za-z]+|Fc[A-Z][A-Za-z]+|U[A-Z][a-z]+[A-Z][A-Za-z]*|UChar|UErrorCode|png_[a-z]+|cmsH[A-Z]+|HyphenDict|MD_[A-Z]+|qpdf_[a-z]+|libdeflate_[a-z]+|XML_[A-Z][A-Za-z_]+|QR[a-z][A-Za-z]+)\b'

faults=0
checked=0
fault() {
    printf '%s\n' "$1" >&2
    faults=$((faults + 1))
}

for room_folder in engine/*/; do
    room=$(basename "$room_folder")
    if [ -z "${may_use[$room]+set}" ]; then
        fault "engine/$room: a room that no rule knows; add it to check_includes.sh and the design"
        continue
    fi
    for file in "$room_folder"*.[ch]; do
        [ -e "$file" ] || continue
        checked=$((checked + 1))
        while IFS=: read -r line text; do
            place="$file:$line"
            if [[ $text =~ ^[[:space:]]*#[[:space:]]*include[[:space:]]*\"([^\"]+)\" ]]; then
                header=${BASH_REMATCH[1]}
                used=${header%%/*}
                if [ "$header" = briefpress.h ]; then
                    [ -e engine/include/briefpress.h ] || fault "$place: \"$header\" does not exist"
                elif [ ! -e "engine/$header" ]; then
                    fault "$place: \"$header\" is no file below engine/; write it as \"room/name.h\""
                elif [[ " ${may_use[$room]} " != *" $used "* ]]; then
                    fault "$place: $room may not use $used"
                elif [ "$used" != "$room" ] && [[ $header == *private.h ]]; then
                    fault "$place: \"$header\" is private to $used"
                fi
            elif [[ $text =~ ^[[:space:]]*#[[:space:]]*include[[:space:]]*\<([^\>]+)\> ]]; then
                header=${BASH_REMATCH[1]}
                [[ $header =~ ^($system)$ ]] && continue
                if ! [[ $header =~ ^(${foreign[$room]})$ ]]; then
                    fault "$place: $room may not include <$header>"
                elif [[ $file == *.h && $file != *private.h ]]; then
                    fault "$place: <$header> in a header that other rooms see"
                fi
            elif [[ $text =~ ^[[:space:]]*#[[:space:]]*include ]]; then
                fault "$place: an include that this check cannot read"
            fi
        done < <(grep -n '#[[:space:]]*include' "$file")
        if [[ $file == *.h && $file != *private.h ]]; then
            # Comments may speak of a library; declarations may not.
            while IFS=: read -r line text; do
                fault "$file:$line: a foreign type in a header that other rooms see: $text"
            done < <(sed -E 's@/\*([^*]|\*[^/])*\*/@@g; s@^ ?\*.*@@; s@/\*.*@@' "$file" | grep -nE "$types" || true)
        fi
    done
done

[ "$checked" -gt 0 ] || fault "no file was checked"
printf '%d files checked, %d breaches\n' "$checked" "$faults"
[ "$faults" -eq 0 ]
