# shellcheck shell=bash
# Sourced by the scripts beside it: what the system has to have, and how to say so when it does not.

say() { printf '%s\n' "$*"; }
die() {
    local status=$1
    shift
    printf '%s\n' "$*" >&2
    exit "$status"
}

# What building Islet takes besides a Swift toolchain: two libraries, a linker with its start-up files, and
# the roots that certificates are checked against.
# shellcheck disable=SC2034  # used where this is sourced
build_packages=(libsqlite3-dev libssl-dev gcc g++ libc6-dev binutils git tzdata ca-certificates)

# Installs those of the Debian packages named that are missing, and asks for nothing when none is.
install_packages() {
    local package missing=() as_root=()
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian, Ubuntu or Raspberry Pi OS; what they call '$*' must be there already." >&2
        return 0
    fi
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die 69 "Packages are missing, and neither root nor sudo is at hand." \
            "Run as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${missing[*]}"
    # The list of packages is fetched only where the one at hand does not do: the second try tells.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 && return 0
    "${as_root[@]}" apt-get update -qq || die 69 "apt-get update failed: is the network there?"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        die 69 "Could not install ${missing[*]}: the lines above say why."
}

# The libraries that the toolchain itself was linked against and does not bring along.
install_toolchain_libraries() {
    local tools library packages=()
    tools=$(dirname "$(readlink -f "$(command -v swift)")")
    [ -x "$tools/swift-build" ] || return 0
    for library in $(ldd "$tools"/swift-{build,frontend} 2>/dev/null | awk '/not found/ { print $1 }' | sort -u); do
        case $library in
            libcurl.so.*) packages+=(libcurl4) ;;
            libxml2.so.*) packages+=(libxml2) ;;
            libncurses.so.* | libtinfo.so.*) packages+=(libncurses6) ;;
            libedit.so.*) packages+=(libedit2) ;;
            libsqlite3.so.*) packages+=(libsqlite3-0) ;;
            libuuid.so.*) packages+=(libuuid1) ;;
            libz.so.*) packages+=(zlib1g) ;;
            libstdc++.so.*) packages+=(libstdc++6) ;;
        esac
    done
    [ ${#packages[@]} -eq 0 ] || install_packages "${packages[@]}"
}

# Stops with a sentence unless a Swift compiler of 6.2 or newer can be started.
need_swift() {
    local version
    command -v swift >/dev/null ||
        die 69 "There is no 'swift' on the PATH. Islet needs Swift 6.2 or newer: install it from" \
            "https://www.swift.org/install/linux (or your distribution's package 'swiftlang')," \
            "put its usr/bin on the PATH, and run this again."
    install_toolchain_libraries
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    [ -n "$version" ] ||
        die 69 "'swift --version' does not answer; started by hand it says:" "$(swift --version 2>&1 | tail -n 2)"
    if [ "${version%%.*}" -lt 6 ] || { [ "${version%%.*}" -eq 6 ] && [ "${version#*.}" -lt 2 ]; }; then
        die 69 "This is Swift $version ($(command -v swift)); Islet needs 6.2 or newer:" \
            "https://www.swift.org/install/linux"
    fi
}
