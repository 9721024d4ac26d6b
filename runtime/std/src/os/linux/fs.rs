//! Files as Linux has them.

use crate::fs::Metadata;

macro_rules! metadata_ext {
    ($($(#[$doc:meta])* $name:ident: $ty:ty = |$stat:ident| $value:expr;)*) => {
        /// What Linux knows about a file.
        pub trait MetadataExt {
            $($(#[$doc])* fn $name(&self) -> $ty;)*
        }

        impl MetadataExt for Metadata {
            $(fn $name(&self) -> $ty {
                let $stat = &self.0;
                $value
            })*
        }
    };
}

metadata_ext! {
    /// The device that the file is on.
    st_dev: u64 = |stat| stat.dev;
    /// The file's number on its device.
    st_ino: u64 = |stat| stat.ino;
    /// Type and permissions.
    st_mode: u32 = |stat| stat.mode;
    /// How many names it has.
    st_nlink: u64 = |stat| stat.nlink;
    /// Its owner.
    st_uid: u32 = |stat| stat.uid;
    /// Its group.
    st_gid: u32 = |stat| stat.gid;
    /// The device that it stands for.
    st_rdev: u64 = |stat| stat.rdev;
    /// The size in bytes.
    st_size: u64 = |stat| stat.size;
    /// Last access in seconds since 1970.
    st_atime: i64 = |stat| stat.accessed.0;
    /// The nanoseconds of the last access.
    st_atime_nsec: i64 = |stat| i64::from(stat.accessed.1);
    /// Last modification in seconds since 1970.
    st_mtime: i64 = |stat| stat.modified.0;
    /// The nanoseconds of the last modification.
    st_mtime_nsec: i64 = |stat| i64::from(stat.modified.1);
    /// Last change of these facts in seconds since 1970.
    st_ctime: i64 = |stat| stat.changed.0;
    /// The nanoseconds of the last change of these facts.
    st_ctime_nsec: i64 = |stat| i64::from(stat.changed.1);
    /// The size of a block for reading and writing.
    st_blksize: u64 = |stat| stat.blksize;
    /// How many blocks of 512 bytes it takes.
    st_blocks: u64 = |stat| stat.blocks;
}
