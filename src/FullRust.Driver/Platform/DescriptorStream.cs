// A stream on descriptor 1 or 2 whose failures are seen: a report that nobody received must not count as given.

using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace FullRust.Driver.Platform;

/// <summary>Writes to a descriptor that stays open. Not thread-safe.</summary>
internal sealed class DescriptorStream(int descriptor) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Text on a descriptor, in UTF-8, buffered until it is flushed.</summary>
    internal static StreamWriter Text(int descriptor) => new(new DescriptorStream(descriptor), new UTF8Encoding(false)) { NewLine = "\n" };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = Libc.Write(descriptor, buffer.ToArray(), buffer.Length);
            int error = Marshal.GetLastPInvokeError();
            if (written > 0)
                buffer = buffer[(int)written..];
            else if (error is not (Libc.Eintr or Libc.Eagain))
                throw new IOException($"cannot write to descriptor {descriptor}: {new Win32Exception(error).Message}");
        }
    }
}
