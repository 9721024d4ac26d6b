// A command line, policy or list that cannot be understood: exit 2, whatever else was asked for.

using System;

namespace FullRust.Driver.Verify;

/// <summary>Something about the request itself is wrong; the message says what and what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
