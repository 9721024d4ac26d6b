// A progress line on a terminal, at most a few times a second, for runs over many files.

using System;
using System.IO;

namespace FullRust.Driver.Verify;

internal sealed class Progress(TextWriter terminal, int total)
{
    private const int BarWidth = 24;
    private const long IntervalMs = 100;

    private readonly object _lock = new();
    private long _shownAt = Environment.TickCount64;
    private bool _isShown;

    internal void Completed(int done)
    {
        lock (_lock)
        {
            long now = Environment.TickCount64;
            if (now - _shownAt < IntervalMs)
                return;
            _shownAt = now;
            _isShown = true;
            int filled = (int)((long)BarWidth * done / total);
            terminal.Write($"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {done} of {total} files");
            terminal.Flush();
        }
    }

    internal void Finish()
    {
        if (!_isShown)
            return;
        terminal.Write("\r\u001b[K");
        terminal.Flush();
    }
}
