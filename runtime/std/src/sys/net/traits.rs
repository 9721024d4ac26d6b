//! What all sockets have in common, as macros.

/// The descriptor traits of a tuple structure around a [`Socket`].
macro_rules! socket_traits {
    ($($ty:ident),*) => {
        crate::sys::fd::from_raw_fd!($($ty),*);
        $(
            impl crate::os::fd::AsRawFd for $ty {
                #[inline]
                fn as_raw_fd(&self) -> crate::os::fd::RawFd {
                    self.0.as_raw_fd()
                }
            }

            impl crate::os::fd::AsFd for $ty {
                #[inline]
                fn as_fd(&self) -> crate::os::fd::BorrowedFd<'_> {
                    self.0.as_fd()
                }
            }

            impl crate::os::fd::IntoRawFd for $ty {
                #[inline]
                fn into_raw_fd(self) -> crate::os::fd::RawFd {
                    crate::os::fd::OwnedFd::from(self.0).into_raw_fd()
                }
            }

            impl From<crate::os::fd::OwnedFd> for $ty {
                #[inline]
                fn from(fd: crate::os::fd::OwnedFd) -> Self {
                    $ty(fd.into())
                }
            }

            impl From<$ty> for crate::os::fd::OwnedFd {
                #[inline]
                fn from(socket: $ty) -> Self {
                    socket.0.into()
                }
            }
        )*
    };
}
pub(crate) use socket_traits;

/// `Read` and `Write` of a stream, by value and by reference.
macro_rules! stream_io {
    ($stream:ident) => {
        crate::sys::net::stream_io!(@impl $stream);
        crate::sys::net::stream_io!(@impl &$stream);
    };
    (@impl $($ty:tt)+) => {
        impl crate::io::Read for $($ty)+ {
            #[inline]
            fn read(&mut self, buf: &mut [u8]) -> crate::io::Result<usize> {
                self.0.receive(buf, 0)
            }

            fn read_vectored(&mut self, bufs: &mut [crate::io::IoSliceMut<'_>]) -> crate::io::Result<usize> {
                crate::sys::io::read_vectored(self.as_raw_fd(), bufs)
            }

            #[inline]
            fn __is_read_vectored(&self) -> bool {
                true
            }

            fn read_to_end(&mut self, buf: &mut crate::vec::Vec<u8>) -> crate::io::Result<usize> {
                crate::sys::io::read_to_end(self.as_raw_fd(), buf, None)
            }

            fn __kernel_source(&mut self) -> Option<crate::sys::copy::Endpoint> {
                Some(crate::sys::copy::Endpoint::new(self.as_raw_fd()))
            }
        }

        impl crate::io::Write for $($ty)+ {
            #[inline]
            fn write(&mut self, buf: &[u8]) -> crate::io::Result<usize> {
                self.0.send(buf)
            }

            fn write_vectored(&mut self, bufs: &[crate::io::IoSlice<'_>]) -> crate::io::Result<usize> {
                crate::sys::io::write_vectored(self.as_raw_fd(), bufs)
            }

            #[inline]
            fn __is_write_vectored(&self) -> bool {
                true
            }

            #[inline]
            fn flush(&mut self) -> crate::io::Result<()> {
                Ok(())
            }

            fn __kernel_target(&mut self) -> Option<crate::sys::copy::Endpoint> {
                Some(crate::sys::copy::Endpoint::new(self.as_raw_fd()))
            }
        }
    };
}
pub(crate) use stream_io;
