namespace FullRust.Driver;

/// <summary>What each role's exit status means.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Success = 0;

    /// <summary>The input is at fault: the link, build or verification failed.</summary>
    internal const int Failure = 1;

    /// <summary>Bad usage, or nothing could be decided.</summary>
    internal const int Usage = 2;

    /// <summary>A bug of ours (sysexits.h, EX_SOFTWARE).</summary>
    internal const int Internal = 70;

    /// <summary>What cargo ends with when a build fails or a command is unknown.</summary>
    internal const int Cargo = 101;

    /// <summary>The base to which a shell adds the number of the signal that ended a program.</summary>
    internal const int SignalBase = 128;
}
