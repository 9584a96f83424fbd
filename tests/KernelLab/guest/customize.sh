#!/bin/sh
# Runs when the packages are in the guest's root (mmdebstrap's customize hook, as root of its namespace): the kernel, the
# settings, and the two images that QEMU starts from.
set -eu
root=$1 work=$KERNEL_LAB_WORK guest=$KERNEL_LAB_GUEST

# The kernel's package is unpacked, not installed: its scripts would build an initrd that nobody needs.
package=$(chroot "$root" apt-cache depends "$KERNEL_LAB_KERNEL" | sed -n 's/.*Depends: //p' | head -n 1)
(cd "$root/tmp" && chroot "$root" sh -c "cd /tmp && apt-get -q download $package")
dpkg-deb --fsys-tarfile "$root"/tmp/linux-image-*.deb | tar -x -C "$root" --keep-directory-symlink --exclude=./usr/share \
  --exclude='./lib/modules/*/kernel/drivers/gpu' --exclude='./lib/modules/*/kernel/drivers/infiniband' --exclude='./lib/modules/*/kernel/fs/xfs' \
  --exclude='./lib/modules/*/kernel/fs/btrfs' --exclude='./lib/modules/*/kernel/fs/ocfs2' --exclude='./lib/modules/*/kernel/drivers/scsi'
rm -f "$root"/tmp/*.deb
version=$(ls "$root/lib/modules")
chroot "$root" depmod "$version"
cp "$root/boot/vmlinuz-$version" "$work/vmlinuz"
rm -rf "$root/boot"/*

# Settings.
echo pve > "$root/etc/hostname"
printf '127.0.0.1 localhost\n192.168.10.73 pve\n' > "$root/etc/hosts"
cp "$guest/interfaces" "$root/etc/network/interfaces"
cp "$guest/labctl" "$root/usr/local/sbin/labctl"
chmod 755 "$root/usr/local/sbin/labctl"
cp "$guest/kernel-lab.service" "$root/etc/systemd/system/kernel-lab.service"
# max_bonds=0: else a stray bond0 appears with the module.
echo 'options bonding max_bonds=0' > "$root/etc/modprobe.d/bonding.conf"
printf 'bonding\n8021q\nbr_netfilter\n' > "$root/etc/modules-load.d/kernel-lab.conf"
# Names by the cards' addresses, as an administrator pins them.
mkdir -p "$root/etc/systemd/network"
while read -r name address; do
  printf '[Match]\nMACAddress=%s\nType=ether\n[Link]\nName=%s\n' "$address" "$name" > "$root/etc/systemd/network/10-$name.link"
done < "$guest/cards"
# As on a Proxmox VE host: a bond takes the address of its first slave, not one that udev makes up.
mkdir "$root/etc/systemd/network/99-default.link.d"
printf '[Link]\nMACAddressPolicy=none\n' > "$root/etc/systemd/network/99-default.link.d/mac-address-policy.conf"
mkdir -p "$root/etc/systemd/journald.conf.d"
printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\n' > "$root/etc/systemd/journald.conf.d/lab.conf"
mkdir -p "$root/root/.ssh"
cp "$work/id_ed25519.pub" "$root/root/.ssh/authorized_keys"
chmod 700 "$root/root/.ssh"
printf 'PermitRootLogin prohibit-password\nUseDNS no\nUsePAM no\nMaxStartups 100\n' > "$root/etc/ssh/sshd_config.d/lab.conf"
echo "kernel-lab $(cut -d' ' -f1,2 "$root/etc/ssh/ssh_host_ed25519_key.pub")" > "$work/known_hosts"
chroot "$root" systemctl -q enable kernel-lab.service networking.service
chroot "$root" systemctl -q disable openvswitch-switch.service
chroot "$root" systemctl -q mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer getty@tty1.service systemd-hwdb-update.service systemd-pcrphase.service ldconfig.service
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc/* "$root"/usr/share/locale/* "$root"/usr/lib/python3/dist-packages/test

# A first stage that knows just enough to mount the root.
first=$work/first
mkdir -p "$first/bin" "$first/dev" "$first/proc" "$first/sys" "$first/root" "$first/modules"
cp "$root/bin/busybox" "$first/bin/busybox"
for module in virtio_pci virtio_blk ext4; do
  chroot "$root" modprobe --set-version "$version" --show-depends "$module"
done | sed -n 's/^insmod //p' | awk '!seen[$1]++ { print $1 }' | while read -r path; do
  cp "$root$path" "$first/modules/"
  echo "insmod /modules/${path##*/}"
done > "$first/load"
{
  printf '#!/bin/busybox sh\n/bin/busybox --install -s /bin\nmount -t devtmpfs dev /dev\nmount -t proc proc /proc\n'
  cat "$first/load"
  printf 'until [ -b /dev/vda ]; do sleep 0.05; done\nmount -t ext4 -o noatime /dev/vda /root\nmount --move /dev /root/dev\numount /proc\nexec switch_root /root /sbin/init\n'
} > "$first/init"
chmod 755 "$first/init"
(cd "$first" && find . | "$root/bin/busybox" cpio -o -H newc 2> /dev/null | gzip -1) > "$work/initrd"
rm -rf "$first"

# why a bind mount: /proc and others are mounted in the root at this point, and must not get into the image.
plain=$work/plain
mkdir "$plain"
mount --bind "$root" "$plain"
# Sparse: only what is used takes room. With a journal, since the power is cut in tests.
mke2fs -q -t ext4 -J size=8 -E lazy_itable_init=1,lazy_journal_init=1,root_owner=0:0 -d "$plain" "$work/root.img" 2G
umount "$plain"
rmdir "$plain"
