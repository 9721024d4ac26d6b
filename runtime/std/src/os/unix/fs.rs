//! Files as Unix has them.

use crate::fs::{DirBuilder, DirEntry, File, FileType, Metadata, OpenOptions, Permissions};
use crate::io::{self, Error};
use crate::os::fd::{AsFd, AsRawFd};
use crate::path::Path;
use crate::sys::fs as sys;

/// Reading and writing at offsets.
pub trait FileExt {
    /// Reads at `offset`; the position stays.
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize>;

    /// Fills `buf` from `offset` or fails.
    fn read_exact_at(&self, mut buf: &mut [u8], mut offset: u64) -> io::Result<()> {
        while !buf.is_empty() {
            match self.read_at(buf, offset) {
                Ok(0) => return Err(Error::READ_EXACT_EOF),
                Ok(n) => {
                    buf = &mut buf[n..];
                    offset += n as u64;
                }
                Err(error) if error.is_interrupted() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes at `offset`; the position stays.
    fn write_at(&self, buf: &[u8], offset: u64) -> io::Result<usize>;

    /// Writes all of `buf` at `offset` or fails.
    fn write_all_at(&self, mut buf: &[u8], mut offset: u64) -> io::Result<()> {
        while !buf.is_empty() {
            match self.write_at(buf, offset) {
                Ok(0) => return Err(Error::WRITE_ALL_EOF),
                Ok(n) => {
                    buf = &buf[n..];
                    offset += n as u64;
                }
                Err(error) if error.is_interrupted() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl FileExt for File {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        crate::sys::io::read_at(self.as_raw_fd(), buf, offset)
    }
    fn write_at(&self, buf: &[u8], offset: u64) -> io::Result<usize> {
        crate::sys::io::write_at(self.as_raw_fd(), buf, offset)
    }
}

/// The mode bits of permissions.
pub trait PermissionsExt {
    /// All bits.
    fn mode(&self) -> u32;

    /// Sets all bits.
    fn set_mode(&mut self, mode: u32);

    /// Permissions with these bits.
    fn from_mode(mode: u32) -> Self;
}

impl PermissionsExt for Permissions {
    fn mode(&self) -> u32 {
        self.bits()
    }
    fn set_mode(&mut self, mode: u32) {
        self.set_bits(mode);
    }
    fn from_mode(mode: u32) -> Permissions {
        Permissions::from_bits(mode)
    }
}

/// Unix choices for opening a file.
pub trait OpenOptionsExt {
    /// The mode of a file that is made.
    fn mode(&mut self, mode: u32) -> &mut Self;

    /// Further `O_` flags.
    fn custom_flags(&mut self, flags: i32) -> &mut Self;
}

impl OpenOptionsExt for OpenOptions {
    fn mode(&mut self, mode: u32) -> &mut OpenOptions {
        self.creation_mode(mode)
    }
    fn custom_flags(&mut self, flags: i32) -> &mut OpenOptions {
        self.extra_flags(flags)
    }
}

/// The facts about a file with the names of Unix, and with those of Linux, which are those of C.
macro_rules! metadata_ext {
    ($($(#[$doc:meta])* $unix:ident / $linux:ident: $ty:ty;)*) => {
        /// What Unix knows about a file.
        pub trait MetadataExt {
            $($(#[$doc])* fn $unix(&self) -> $ty;)*
        }

        impl MetadataExt for Metadata {
            $(fn $unix(&self) -> $ty {
                self.0.stat.$linux as $ty
            })*
        }

        pub(crate) mod linux {
            use super::Metadata;

            /// What Linux knows about a file.
            pub trait MetadataExt {
                /// Everything, as C has it.
                #[deprecated(since = "1.8.0", note = "other methods of this trait are now preferred")]
                fn as_raw_stat(&self) -> &crate::os::linux::raw::stat;

                $($(#[$doc])* fn $linux(&self) -> $ty;)*
            }

            impl MetadataExt for Metadata {
                fn as_raw_stat(&self) -> &crate::os::linux::raw::stat {
                    &self.0.stat
                }

                $(fn $linux(&self) -> $ty {
                    self.0.stat.$linux as $ty
                })*
            }
        }
    };
}

metadata_ext! {
    /// The device that the file is on.
    dev / st_dev: u64;
    /// The file's number on its device.
    ino / st_ino: u64;
    /// Type and permissions.
    mode / st_mode: u32;
    /// How many names it has.
    nlink / st_nlink: u64;
    /// Its owner.
    uid / st_uid: u32;
    /// Its group.
    gid / st_gid: u32;
    /// The device that it stands for.
    rdev / st_rdev: u64;
    /// The size in bytes.
    size / st_size: u64;
    /// Last access in seconds since 1970.
    atime / st_atime: i64;
    /// The nanoseconds of the last access.
    atime_nsec / st_atime_nsec: i64;
    /// Last modification in seconds since 1970.
    mtime / st_mtime: i64;
    /// The nanoseconds of the last modification.
    mtime_nsec / st_mtime_nsec: i64;
    /// Last change of these facts in seconds since 1970.
    ctime / st_ctime: i64;
    /// The nanoseconds of the last change of these facts.
    ctime_nsec / st_ctime_nsec: i64;
    /// The size of a block for reading and writing.
    blksize / st_blksize: u64;
    /// How many blocks of 512 bytes it takes.
    blocks / st_blocks: u64;
}

/// The types of files that only Unix has.
pub trait FileTypeExt {
    /// Whether this is a block device.
    fn is_block_device(&self) -> bool;
    /// Whether this is a character device.
    fn is_char_device(&self) -> bool;
    /// Whether this is a named pipe.
    fn is_fifo(&self) -> bool;
    /// Whether this is a socket.
    fn is_socket(&self) -> bool;
}

impl FileTypeExt for FileType {
    fn is_block_device(&self) -> bool {
        self.kind == sys::S_IFBLK
    }
    fn is_char_device(&self) -> bool {
        self.kind == sys::S_IFCHR
    }
    fn is_fifo(&self) -> bool {
        self.kind == sys::S_IFIFO
    }
    fn is_socket(&self) -> bool {
        self.kind == sys::S_IFSOCK
    }
}

/// What Unix knows about a directory entry.
pub trait DirEntryExt {
    /// The entry's number on its device.
    fn ino(&self) -> u64;
}

impl DirEntryExt for DirEntry {
    fn ino(&self) -> u64 {
        self.inode()
    }
}

/// Unix choices for making a directory.
pub trait DirBuilderExt {
    /// The mode of the directory.
    fn mode(&mut self, mode: u32) -> &mut Self;
}

impl DirBuilderExt for DirBuilder {
    fn mode(&mut self, mode: u32) -> &mut DirBuilder {
        self.creation_mode(mode)
    }
}

/// Makes a symbolic link at `link` that says `original`.
pub fn symlink<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {
    sys::symlink(original.as_ref(), link.as_ref())
}

/// Changes owner and group; `None` leaves one as it is; links are followed.
pub fn chown<P: AsRef<Path>>(dir: P, uid: Option<u32>, gid: Option<u32>) -> io::Result<()> {
    sys::chown(dir.as_ref(), uid, gid, true)
}

/// Changes owner and group of an open file.
pub fn fchown<F: AsFd>(fd: F, uid: Option<u32>, gid: Option<u32>) -> io::Result<()> {
    sys::chown_of(fd.as_fd().as_raw_fd(), uid, gid)
}

/// Changes owner and group; a link is changed itself.
pub fn lchown<P: AsRef<Path>>(dir: P, uid: Option<u32>, gid: Option<u32>) -> io::Result<()> {
    sys::chown(dir.as_ref(), uid, gid, false)
}

/// Makes a directory the root of this process.
pub fn chroot<P: AsRef<Path>>(dir: P) -> io::Result<()> {
    sys::chroot(dir.as_ref())
}
