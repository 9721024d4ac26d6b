namespace FullRust.Driver.Toolchain;

/// <summary>How the panics of a program end (rustc book, "panic").</summary>
internal enum PanicStrategy
{
    /// <summary>They end the process. The default: programs without tables are smaller.</summary>
    Abort,

    /// <summary>They unwind. Test programs need it: rustc makes no others on stable, whatever the profile says.</summary>
    Unwind,
}
