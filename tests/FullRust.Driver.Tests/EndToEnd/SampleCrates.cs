// Small crates that builds are tried on.

using System;

namespace FullRust.Driver.Tests.EndToEnd;

internal static class SampleCrates
{
    private const string Profiles = """

        [profile.release-lto]
        inherits = "release"
        lto = true
        codegen-units = 1
        """;

    /// <summary>What every sample prints.</summary>
    internal const string Output = "answer 42\n";

    internal static DriverRun Single(bool isExplicit) => new DriverRun()
        .With("Cargo.toml", Manifest("app", isExplicit) + Profiles)
        .With("src/main.rs", Program("println!(\"answer {}\", 42);", isExplicit));

    /// <summary>A workspace with a library, a procedural macro and a build script; the latter two use the host's real std.</summary>
    internal static DriverRun Workspace(bool isExplicit) => new DriverRun()
        .With("Cargo.toml", "[workspace]\nresolver = \"2\"\nmembers = [\"app\", \"lib\", \"macros\"]\n" + Profiles)
        .With("app/Cargo.toml", Manifest("app", isExplicit) + "lib = { path = \"../lib\" }\nmacros = { path = \"../macros\" }\n")
        .With("app/build.rs", """
            use std::{collections::HashMap, env, fs, path::Path, thread};
            fn main() {
                let numbers: HashMap<&str, u32> = thread::spawn(|| HashMap::from([("six", 6)])).join().unwrap();
                let text = format!("pub const SIX: u32 = {};", numbers["six"]);
                fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("six.rs"), text).unwrap();
            }
            """)
        .With("app/src/main.rs", Program("println!(\"answer {}\", lib::times(SIX, macros::seven!()));", isExplicit,
            "include!(concat!(env!(\"OUT_DIR\"), \"/six.rs\"));"))
        .With("lib/Cargo.toml", "[package]\nname = \"lib\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
        .With("lib/src/lib.rs", "#![no_std]\npub fn times(a: u32, b: u32) -> u32 { a * b }\n")
        .With("macros/Cargo.toml", "[package]\nname = \"macros\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\nproc-macro = true\n")
        .With("macros/src/lib.rs", """
            use proc_macro::TokenStream;
            #[proc_macro]
            pub fn seven(_: TokenStream) -> TokenStream { std::format!("{}u32", 3 + 4).parse().unwrap() }
            """);

    /// <summary>A crate that calls a function of a C library.</summary>
    internal static DriverRun NeedsC(bool isExplicit) => new DriverRun()
        .With("Cargo.toml", Manifest("app", isExplicit) + Profiles)
        .With("src/main.rs", Program("let p = unsafe { SSL_new(core::ptr::null_mut()) }; println!(\"{:?}\", p);", isExplicit,
            "unsafe extern \"C\" { fn SSL_new(context: *mut u8) -> *mut u8; }"));

    private static string Manifest(string name, bool isExplicit) =>
        $"[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n" + (isExplicit ? "fullrust = \"0.1\"\n" : "");

    private static string Program(string body, bool isExplicit, string items = "") => isExplicit
        ? $"#![no_std]\n#![no_main]\nuse fullrust::prelude::*;\n{items}\nfn main() {{ {body} }}\nfullrust::entry!(main);\n"
        : $"{items}\nfn main() {{ {body} }}\n";
}
