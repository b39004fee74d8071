"""A folder → the kind of disk that it lies on, where changes made elsewhere are not told to this machine."""

from __future__ import annotations

import re
from pathlib import Path

REMOTE = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "9p", "drvfs", "virtiofs", "vboxsf", "prl_fs"),
    *("davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.s3fs", "fuse.gvfsd-fuse", "fuse.vmhgfs-fuse"),
}
"""File systems of which the kernel tells no change, or only those made on this machine."""

_MOUNTS = Path("/proc/mounts")


def remote(folder: Path, mounts: Path = _MOUNTS) -> str:
    """The file system of `folder` when it lies on a network drive or on one of a host machine, else ""."""
    if folder.as_posix().startswith("//"):
        return "SMB"
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    found, depth = "", -1
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        mounted = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), place))
        # The last of several on one place is the one that is seen.
        if folder.is_relative_to(mounted) and len(mounted.parts) >= depth:
            found, depth = kind, len(mounted.parts)
    return found if found in REMOTE else ""
