#!/bin/sh
# shellcheck disable=SC2012,SC2013,SC2020 # ids and interface names hold no blanks
#
# The guard of one publication of /etc/network/interfaces. BondTools puts this file on the host as
# /var/lib/bondtools/ID/guard.sh; from then on the host needs nobody to get back to where it was.
#
#   sh guard.sh arm SECONDS BEFORE WISH CLIENT   the hashes are SHA-256; everything is prepared, nothing is changed
#   sh guard.sh apply                            one reload; prints the log, ends with the reload's verdict
#   sh guard.sh confirm                          the new file stays; prints the ports that were put back
#   sh guard.sh rollback                         the old file comes back; prints how the publication ended
#   sh guard.sh timer                            the same, run by the timer that 'arm' has started
#   sh guard.sh heal                             the same before the network starts, after a restart of the host
#
# In this folder:
#   before wish   the two files, whole
#   refused       the new file, after a roll-back;  foreign: what somebody else had written over it
#   links         the links that there were before
#   ports         ports of bridges that neither file names, as PORT/BRIDGE;  up: those that are up;  vlans-PORT: their VLANs
#   reattached    those of them that a reload threw off and that were put back
#   status        how the reload ended;  busy, pid: held and written by a reload while it runs
#   record        key=value;  log: what the reloads printed
#   a mark        armed -> applied -> confirmed                 (the client's way)
#                 armed -> disarmed                             (nothing had been applied)
#                 applied -> restoring -> rolledback, or healed
# Each arrow is one rename, and of two who try only one succeeds: that decides between the client and the timer. A mark
# is on the disk before what it announces is begun, so whatever stops the host, 'heal' knows what to do.

self=$(readlink -f "$0")
dir=${self%/*}
id=${dir##*/}
state=${dir%/*}
# Empty on a host; a test puts the whole tree into a folder.
root=${state%/var/lib/bondtools}
etc=$root/etc/network
interfaces=$etc/interfaces
pending=$interfaces.new
lock=$etc/.pve-interfaces.lock
# Beside its target and on the disk already, so that putting it back is a rename: it needs no room and cannot half fail.
prebuilt=$interfaces.bondtools-$id
net=$root/sys/class/net
units=$root/etc/systemd/system
unit=bondtools-heal-$id.service
timer=bondtools-$id
PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin

# Exit statuses that BondTools reads.
MISSING=69 FAILED=70 NOT_ARMED=74 LOCKED=75 OUTDATED=76 ANOTHER=77 OVER=78 BUSY=79

LOCK_SECONDS=10

# ---- arm ----------------------------------------------------------------------------------------------------------

arm() {
    for tool in flock sha256sum setsid readlink cmp ifreload; do
        if ! command -v "$tool" > /dev/null; then
            echo "this host has no $tool" >&2
            discard
            exit $MISSING
        fi
    done
    flock -o -w $LOCK_SECONDS -E $LOCKED "$lock" sh "$self" arming "$1" "$2" "$3" "$4"
    status=$?
    if [ $status -eq $LOCKED ]; then discard; fi
    exit $status
}

arming() {
    for other in "$state"/*; do
        if is_open "$other"; then
            echo "publication ${other##*/} is not decided yet" >&2
            give_up $ANOTHER
        fi
        # 'before' is written under the lock that is held here: one without any mark was cut off while it armed.
        if [ "$other" != "$dir" ] && [ -e "$other/before" ] && ! is_marked "$other"; then sh "$other/guard.sh" discard; fi
    done
    if ! has_hash "$interfaces" "$2" || ! has_hash "$pending" "$3"; then give_up $OUTDATED; fi
    if ! prepare "$1" "$2" "$3" "$4"; then give_up $NOT_ARMED; fi
    prune
}

# The mark comes last: what is cut off before it leaves a timer that finds no mark and clears everything away.
prepare() {
    touch "$dir/busy" "$dir/lock" "$dir/log" &&
    cp -p "$interfaces" "$dir/before" && has_hash "$dir/before" "$2" &&
    cp -p "$pending" "$dir/wish" && has_hash "$dir/wish" "$3" &&
    cp -p "$dir/before" "$prebuilt" && has_hash "$prebuilt" "$2" &&
    ls "$net" > "$dir/links" && list_ports > "$dir/ports" &&
    describe "$1" "$2" "$3" "$4" > "$dir/record" &&
    sync "$pending" "$prebuilt" "$dir/guard.sh" "$dir/before" "$dir/wish" "$dir/ports" "$dir/record" "$etc" "$dir" "$state" &&
    prepare_restart && start_timer "$1" && touch "$dir/armed" && sync "$dir"
}

describe() {
    printf 'id=%s\ntime=%s\nuser=%s\nfrom=%s\nclient=%s\nseconds=%s\nbefore=%s\nwish=%s\n' \
        "$id" "$(now)" "${LOGNAME:-root}" "${SSH_CONNECTION:-}" "$4" "$1" "$2" "$3"
}

# Proxmox makes a staged file the present one whenever the host starts (pvenetcommit), so this has to come before that too.
prepare_restart() {
    if [ ! -d "$root/run/systemd/system" ]; then return 0; fi
    mkdir -p "$units/sysinit.target.wants" &&
    describe_unit > "$units/$unit" &&
    ln -s "../$unit" "$units/sysinit.target.wants/$unit" &&
    sync "$units/$unit" "$units/sysinit.target.wants" "$units"
}

describe_unit() {
    printf '%s\n' \
        '[Unit]' \
        "Description=BondTools: put the network configuration back that publication $id left unconfirmed" \
        'DefaultDependencies=no' \
        "RequiresMountsFor=$dir $etc" \
        'After=local-fs.target' \
        'Before=pvenetcommit.service network-pre.target networking.service' \
        '' \
        '[Service]' \
        'Type=oneshot' \
        "ExecStart=/bin/sh $dir/guard.sh heal"
}

start_timer() {
    if [ -d "$root/run/systemd/system" ] && command -v systemd-run > /dev/null; then
        # Without AccuracySec systemd may be a whole minute late.
        systemd-run --quiet --unit="$timer" --on-active="$1" --timer-property=AccuracySec=1s /bin/sh "$dir/guard.sh" timer
    else
        setsid nohup sh -c "sleep $1; exec sh $dir/guard.sh timer" > /dev/null 2>&1 < /dev/null &
    fi
}

# Container and machine ports are in no file; a reload that does not know them may throw them off their bridge.
list_ports() {
    for link in "$net"/*/master; do
        port=${link%/master}
        port=${port##*/}
        bridge=$(readlink "$link")
        bridge=${bridge##*/}
        if [ -d "$net/$bridge/bridge" ] && ! is_named "$port"; then
            echo "$port/$bridge" || return 1
            # An interface that is down has no carrier to be read, not even a missing one.
            if cat "$net/$port/carrier" > /dev/null 2>&1; then echo "$port" >> "$dir/up" || return 1; fi
            if [ "$(cat "$net/$bridge/bridge/vlan_filtering" 2> /dev/null)" = 1 ]; then
                bridge -compressvlans vlan show dev "$port" | sed -e 1d -e "s/^$port//" > "$dir/vlans-$port" || return 1
            fi
        fi
    done
    return 0
}

is_named() { names "$dir/before" "$1" || names "$dir/wish" "$1"; }

names() { tr -s ' \t' '\n\n' < "$1" | grep -qxF -e "$2"; }

# The latest fifty stay, and whatever is not decided. An id begins with its time, so the names are in its order.
prune() {
    for old in $(ls -1rd "$state"/*/record | tail -n +51); do
        if ! is_open "${old%/record}"; then rm -rf "${old%/record}"; fi
    done
}

give_up() {
    discard
    exit "$1"
}

# Nothing of this publication stays.
discard() {
    clear_away
    rm -rf "$dir"
}

# ---- apply --------------------------------------------------------------------------------------------------------

apply() {
    # A session of its own: what happens to the connection does not happen to the reload.
    setsid -w sh "$self" reload > /dev/null 2>&1 < /dev/null
    status=$?
    cat "$dir/log"
    exit $status
}

reload() {
    flock -n 9 || exit $OVER
    echo $$ > "$dir/pid"
    flock -o -w $LOCK_SECONDS -E $LOCKED "$lock" sh "$self" begin 9>&-
    status=$?
    case $status in
    0)
        if command -v pvesh > /dev/null; then
            # Proxmox renames the staged file itself, and its task log shows the reload to an administrator.
            pvesh set /nodes/localhost/network 9>&-
        else
            ifreload -a 9>&-
        fi
        status=$?
        reset_after_apply
        reattach
        if [ $status -ne 0 ]; then
            echo "the reload ended with exit status $status"
            status=$FAILED
        fi
        ;;
    "$LOCKED" | "$OUTDATED" | "$OVER") exit $status ;;
    *) status=$FAILED ;;
    esac
    echo $status > "$dir/status.new" && mv "$dir/status.new" "$dir/status"
    exit $status
}

# Under the lock: both files still are what was shown, and from here on there is something to put back.
begin() {
    if ! cmp -s "$interfaces" "$dir/before" || ! cmp -s "$pending" "$dir/wish"; then
        if mv "$dir/armed" "$dir/disarmed"; then finish disarmed; fi
        exit $OUTDATED
    fi
    mv "$dir/armed" "$dir/applied" 2> /dev/null || exit $OVER
    sync "$dir"
    if ! command -v pvesh > /dev/null; then mv -f "$pending" "$interfaces" && sync "$etc"; fi
}

# Puts ports back that are there, had a bridge that is there, and have none now.
reattach() {
    for pair in $(cat "$dir/ports"); do
        port=${pair%/*}
        bridge=${pair#*/}
        if [ -e "$net/$port" ] && [ ! -e "$net/$port/master" ] && [ -d "$net/$bridge/bridge" ]; then
            echo "$port had fallen off $bridge and is put back"
            if ip link set "$port" master "$bridge"; then
                restore_vlans "$port"
                if grep -qsxF -e "$port" "$dir/up"; then ip link set "$port" up; fi
                echo "$port" >> "$dir/reattached"
            fi
        fi
    done
}

# A new port is in VLAN 1, which need not be where this one was.
restore_vlans() {
    if [ ! -e "$dir/vlans-$1" ]; then return 0; fi
    bridge vlan del dev "$1" vid 1
    while read -r vlan flags; do
        case $flags in
        *PVID*Untagged*) bridge vlan add dev "$1" vid "$vlan" pvid untagged ;;
        *PVID*) bridge vlan add dev "$1" vid "$vlan" pvid ;;
        *Untagged*) bridge vlan add dev "$1" vid "$vlan" untagged ;;
        *) bridge vlan add dev "$1" vid "$vlan" ;;
        esac
    done < "$dir/vlans-$1"
}

# ---- confirm ------------------------------------------------------------------------------------------------------

confirm() {
    # Asked a second time, because the first answer was lost, it says the same again.
    if [ ! -e "$dir/confirmed" ]; then
        if [ ! -e "$dir/applied" ]; then exit $OVER; fi
        if [ ! -e "$dir/status" ]; then exit $BUSY; fi
        if [ "$(cat "$dir/status")" != 0 ]; then
            cat "$dir/log" >&2
            exit $FAILED
        fi
        cmp -s "$interfaces" "$dir/wish" || exit $OUTDATED
        sync "$interfaces" "$etc"
        mv "$dir/applied" "$dir/confirmed" 2> /dev/null || [ -e "$dir/confirmed" ] || exit $OVER
        sync "$dir"
    fi
    finish confirmed
    if [ -e "$dir/reattached" ]; then cat "$dir/reattached"; fi
    exit 0
}

# ---- rollback, timer, heal ----------------------------------------------------------------------------------------

rollback() {
    setsid -w sh "$self" timer > /dev/null 2>&1 < /dev/null
    for mark in confirmed rolledback healed disarmed restoring; do
        if [ -e "$dir/$mark" ]; then echo $mark; fi
    done
}

roll_back() {
    # Who comes second waits here for the first one's end; if that one was killed, it goes on.
    flock -w 120 8 || exit $LOCKED
    if mv "$dir/armed" "$dir/disarmed" 2> /dev/null; then
        # Nothing was applied. The staged file stays staged, and what somebody else wrote is theirs.
        finish disarmed
        return 0
    fi
    mv "$dir/applied" "$dir/restoring" 2> /dev/null
    if [ -e "$dir/restoring" ]; then
        sync "$dir"
        end_reload
        if reload_old; then echo "the old configuration is back"; else echo "the old file is back, but its reload goes on failing"; fi
        if remove_made; then ifreload -a 8>&-; fi
        reset_after_rollback
        reattach
        mv "$dir/restoring" "$dir/rolledback"
        sync "$dir"
        finish rolledback
    else
        tidy_up
    fi
}

# A reload that still runs would undo what comes next. It leads a process group of its own, which is there as long as
# anything in it is. ifupdown2 itself goes on when it is asked to end, but what hangs under it ends, so it comes to its end
# and remembers what it did; only if it does not, it is killed.
end_reload() {
    if flock -n "$dir/busy" true; then return 0; fi
    echo "ending the reload that still runs"
    group=$(cat "$dir/pid")
    for signal in TERM TERM TERM TERM TERM KILL; do
        if ! kill -$signal "-$group"; then return 0; fi
        sleep 1
    done
}

# What Proxmox's own worker began cannot be ended from here: it holds ifupdown2's lock, and ifreload fails until it is through.
reload_old() {
    for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        # Whoever holds the lock that long must not keep the host out of reach.
        flock -o -w $LOCK_SECONDS "$lock" sh "$self" putback 8>&- || sh "$self" putback 8>&-
        if ifreload -a 8>&- && cmp -s "$interfaces" "$dir/before"; then return 0; fi
        echo "try $try of the reload failed"
        sleep 1
    done
    return 1
}

# A reload that was ended half way has made links that ifupdown2 has no memory of, so that its own reload leaves them.
# True when there was one: its slaves are free now, and want to be brought up again.
remove_made() {
    made=1
    for link in "$net"/*; do
        name=${link##*/}
        if names "$dir/wish" "$name" && ! names "$dir/before" "$name" && ! grep -qxF -e "$name" "$dir/links"; then
            echo "removing $name, which only the refused file names"
            if ip link delete "$name"; then made=0; fi
        fi
    done
    return $made
}

put_back() {
    if ! cmp -s "$interfaces" "$dir/before"; then
        # Somebody else's file gives way too, since the host must be within reach; a link keeps it without needing room.
        if ! cmp -s "$interfaces" "$dir/wish"; then keep "$interfaces" "$dir/foreign"; fi
        if [ ! -e "$prebuilt" ]; then cp -p "$dir/before" "$prebuilt" && sync "$prebuilt"; fi
        mv -f "$prebuilt" "$interfaces"
    fi
    # Still staged, it would be made the present one by a worker that comes late, or by the next start of the host.
    if cmp -s "$pending" "$dir/wish"; then rm -f "$pending"; fi
    keep "$dir/wish" "$dir/refused"
    sync "$etc"
    cmp -s "$interfaces" "$dir/before"
}

# Never fails: a copy that finds no room is left out.
keep() {
    rm -f "$2"
    ln "$1" "$2" 2> /dev/null || cp -p "$1" "$2" 2> /dev/null || rm -f "$2"
}

# The network is not started yet, so the file is all there is to put back.
heal() {
    if [ -e "$dir/applied" ] || [ -e "$dir/restoring" ]; then
        put_back
        mv "$dir/applied" "$dir/healed" 2> /dev/null || mv "$dir/restoring" "$dir/healed"
        finish healed
    elif [ -e "$dir/armed" ]; then
        # Nothing was applied, but a start of the host would apply what is staged, unwatched.
        if cmp -s "$interfaces" "$dir/wish" || cmp -s "$pending" "$dir/wish"; then put_back_unapplied; fi
        mv "$dir/armed" "$dir/healed"
        finish healed
    else
        tidy_up
    fi
}

put_back_unapplied() {
    if cmp -s "$interfaces" "$dir/wish"; then
        put_back
    else
        rm -f "$pending"
        keep "$dir/wish" "$dir/refused"
        sync "$etc"
    fi
}

# What a confirmation or a roll-back that was cut off has left; without any mark, what an arming has.
tidy_up() {
    for mark in confirmed rolledback healed disarmed; do
        if [ -e "$dir/$mark" ]; then
            finish $mark
            return 0
        fi
    done
    discard
}

# ---- what ifupdown2 does not undo --------------------------------------------------------------------------------

# An option that it does not know keeps its value when it leaves the file. BondTools writes the commands in here.
reset_after_apply() { :; }

reset_after_rollback() { :; }

# ---- shared -------------------------------------------------------------------------------------------------------

finish() {
    clear_away
    if ! grep -q '^outcome=' "$dir/record"; then printf 'outcome=%s\nended=%s\n' "$1" "$(now)" >> "$dir/record"; fi
    sync "$dir/record" "$dir/log" "$dir"
}

clear_away() {
    rm -f "$prebuilt" "$units/sysinit.target.wants/$unit" "$units/$unit"
    if command -v systemctl > /dev/null; then systemctl stop "$timer.timer" > /dev/null 2>&1; fi
}

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

has_hash() { echo "$2  $1" | sha256sum -c --status 2> /dev/null; }

is_open() { [ -e "$1/armed" ] || [ -e "$1/applied" ] || [ -e "$1/restoring" ]; }

is_marked() { is_open "$1" || [ -e "$1/confirmed" ] || [ -e "$1/rolledback" ] || [ -e "$1/healed" ] || [ -e "$1/disarmed" ]; }

# A log that cannot be opened must not keep anything from being done.
log=$dir/log
if ! touch "$log" 2> /dev/null; then log=/dev/null; fi

case $1 in
arm) arm "$2" "$3" "$4" "$5" ;;
arming) arming "$2" "$3" "$4" "$5" ;;
apply) apply ;;
reload) reload >> "$log" 2>&1 9> "$dir/busy" ;;
begin) begin ;;
confirm) confirm ;;
rollback) rollback ;;
timer) roll_back >> "$log" 2>&1 8> "$dir/lock" ;;
putback) put_back ;;
heal) heal >> "$log" 2>&1 ;;
discard) discard ;;
*) exit 64 ;;
esac
