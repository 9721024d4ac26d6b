// Libraries that are known by the beginning of their names.

using System;

namespace FullRust.Linker.GuardRail;

/// <content>Families of names.</content>
public static partial class WellKnownNames
{
    private static bool TryFindFamily(ReadOnlySpan<byte> name, out WellKnownName found)
    {
        for (int i = 0; TryGetFamily(i, out Group family); i++)
        {
            foreach (Range range in family.Names.Split((byte)' '))
            {
                ReadOnlySpan<byte> prefix = family.Names[range];
                if (name.Length > prefix.Length && name.StartsWith(prefix))
                {
                    found = new WellKnownName(family.Library, family.Advice);
                    return true;
                }
            }
        }

        found = default;
        return false;
    }

    // Names here are prefixes. Longer ones stand before shorter ones that they begin with.
    private static bool TryGetFamily(int index, out Group family)
    {
        family = index switch
        {
            0 => new("OpenSSL (libssl, libcrypto)", "use `rustls`, or the crates of RustCrypto; many crates have a `rustls` feature instead of `native-tls`", "SSL_ SSLv3_ TLS_ TLSv1_ DTLS_ OPENSSL_ CRYPTO_ EVP_ BIO_ X509_ X509v3_ RSA_ DSA_ DH_ EC_ ECDSA_ ECDH_ BN_ ASN1_ PEM_ PKCS12_ PKCS7_ d2i_ i2d_ ERR_ RAND_ AES_ SHA1_ SHA224_ SHA256_ SHA384_ SHA512_ MD5_ HMAC_ OSSL_ OCSP_ CONF_ ENGINE_ OBJ_ GENERAL_NAME"u8),
            1 => new("zlib (libz)", "use `flate2` with its default `miniz_oxide` backend, without the `zlib` features", "deflate inflate crc32_ adler32 gzopen gzread gzwrite gzclose gzseek gzdopen zlibVersion compress2 compressBound uncompress zError"u8),
            2 => new("zstd (libzstd)", "use `ruzstd`, which is all Rust", "ZSTD_ ZDICT_ HUF_ FSE_"u8),
            3 => new("bzip2 (libbz2)", "use the `bzip2` crate with its `libbz2-rs-sys` backend", "BZ2_"u8),
            4 => new("XZ (liblzma)", "use `lzma-rs`", "lzma_"u8),
            5 => new("LZ4 (liblz4)", "use `lz4_flex`", "LZ4_ LZ4F_ XXH32 XXH64 XXH3_"u8),
            6 => new("Brotli", "use the `brotli` crate, which is all Rust", "Brotli"u8),
            7 => new("SQLite (libsqlite3)", "use a database in Rust such as `redb` or `sled`; the `bundled` feature compiles C that needs a C library", "sqlite3_"u8),
            8 => new("libcurl", "use `ureq` or `reqwest` with `rustls`", "curl_"u8),
            9 => new("libgit2", "use `gix`", "git_"u8),
            10 => new("libssh2", "use `russh`", "libssh2_"u8),
            11 => new("libxml2 or Expat", "use `quick-xml` or `roxmltree`", "xmlParse xmlRead xmlNew xmlFree xmlDoc xmlNode xmlXPath xmlText XML_Parse XML_Set XML_Get xslt"u8),
            12 => new("libpng", "use the `png` crate", "png_"u8),
            13 => new("libjpeg", "use `zune-jpeg` or `jpeg-encoder`", "jpeg_ tjCompress tjDecompress tjInit"u8),
            14 => new("libwebp", "use `image-webp`", "WebP"u8),
            15 => new("PCRE", "use the `regex` or `fancy-regex` crate", "pcre_ pcre2_ onig_"u8),
            16 => new("PostgreSQL's client (libpq)", "use `tokio-postgres` or the `postgres` crate", "PQconnect PQexec PQget PQfinish PQclear PQstatus PQresult PQprepare PQsend PQerror PQn PQf"u8),
            17 => new("MySQL's client", "use the `mysql` crate with `rustls`", "mysql_ mariadb_"u8),
            18 => new("libsodium", "use the crates of RustCrypto or `dalek`", "sodium_ crypto_ randombytes"u8),
            19 => new("Ring's or AWS-LC's C and assembly code", "build it with its C compiled in; what it needs from a C library must then be replaced too", "aws_lc_ ring_core_ GFp_ bssl_"u8),
            20 => new("FreeType or Fontconfig", "use `fontdb`, `swash` or `ab_glyph`", "FT_ FcConfig FcPattern FcFont FcInit hb_"u8),
            21 => new("a windowing system (X11, Wayland)", "use `x11rb` or `wayland-rs` with their Rust backends", "xcb_ wl_ XOpen XCreate XDestroy XMap XNext XFlush XSet XGet XSend XFree"u8),
            22 => new("OpenGL, EGL or Vulkan", "drivers are loaded at run time, which a static executable cannot do", "glX eglCreate eglGet eglInit eglMake eglSwap vkCreate vkDestroy vkGet vkCmd vkEnumerate vkAllocate vkQueue glGet glGen glBind glDraw glCreate glUniform glVertex glTex"u8),
            23 => new("SDL", "drivers are loaded at run time, which a static executable cannot do", "SDL_"u8),
            24 => new("GLib or GTK", "desktop toolkits are loaded at run time, which a static executable cannot do", "g_object_ g_type_ g_signal_ g_main_ g_free g_malloc g_str g_list_ g_hash_table_ g_error_ g_log g_variant_ gtk_ gdk_ pango_ cairo_"u8),
            25 => new("ALSA (libasound)", "audio drivers are loaded at run time, which a static executable cannot do", "snd_pcm_ snd_mixer_ snd_seq_ snd_ctl_ pa_context_ pa_stream_ pa_simple_ pa_mainloop_ pa_threaded_"u8),
            26 => new("D-Bus or systemd", "use `zbus`, or `sd-notify`, which are all Rust", "dbus_ sd_ udev_"u8),
            27 => new("libusb", "use `nusb`", "libusb_"u8),
            28 => new("Python's interpreter", "an extension module is no executable, and the interpreter is no part of one here", "PyObject_ PyErr_ PyLong_ PyUnicode_ PyModule_ Py_ PyList_ PyDict_ PyTuple_ PyType_ PyGIL PyImport_ PyCallable_ PyBytes_ PyFloat_ PyRun_ PyEval_ _Py_"u8),
            29 => new("Lua's interpreter", "use a Lua in Rust such as `piccolo`", "lua_ luaL_ luaopen_"u8),
            30 => new("libuv or libevent", "use `mio` or `tokio`", "uv_ event_base_ evbuffer_ evhttp_ ev_loop ev_run"u8),
            31 => new("BLAS or LAPACK", "use `faer` or `nalgebra`, which are all Rust", "cblas_ LAPACKE_ dgemm_ sgemm_ openblas_"u8),
            32 => new("OpenMP's runtime", "use `rayon`", "omp_ GOMP_ __kmpc_"u8),
            33 => new("jemalloc, mimalloc or tcmalloc", "leave the `#[global_allocator]` out: the runtime has one of its own", "je_ _rjem_ mi_malloc mi_free mi_realloc mi_zalloc mi_heap_ tc_malloc tc_free mallocx rallocx sdallocx xallocx"u8),
            34 => new("a sanitizer's runtime", "build without `-Z sanitizer` and `-fsanitize`", "__asan_ __tsan_ __msan_ __ubsan_ __hwasan_ __lsan_ __sanitizer_ __dfsan_ __cfi_ __xray_"u8),
            35 => new("the profiling runtime (libprofiler_builtins)", "its C code needs a C library: build without `-C instrument-coverage` and `-C profile-generate`", "__llvm_profile_ __llvm_gcov_ __gcov_ lprofWrite"u8),
            36 => new("the C++ library (libstdc++, libc++)", "link no C++ objects, or use a crate that does the same in Rust", "_ZNSt _ZNKSt _ZSt _ZNSs _ZNKSs _ZdlPv _ZdaPv _Znw _Zna _ZTVSt _ZTISt _ZTVN10__cxxabiv1 _ZN9__gnu_cxx __cxa_ __gxx_personality __dynamic_cast _ZTISd _ZTIi"u8),
            37 => new(Unwinder, "compile with `panic = \"abort\"`", "_Unwind_ __unw_ unw_ __register_frame __deregister_frame"u8),
            38 => new(Threads, "use `std::thread` and `std::sync`", "pthread_ __pthread_"u8),
            39 => new(C, "", "__libc_ __GI_ __isoc99_ __isoc23_ __nss_ _nss_ xdr_ clnt_ svc_ argz_ envz_ obstack_ _obstack_ _IO_"u8),
            _ => default,
        };
        return index is >= 0 and < 40;
    }
}
