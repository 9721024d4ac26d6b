// The finished bytes of the output: in memory, or, when they are many, already in a temporary file beside the output, so that no byte
// is stored twice. Either way the path itself changes only when the image is committed.

using System;
using System.IO;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Writing;

/// <summary>A linked image. Thread-safe for reading.</summary>
public sealed class OutputImage : IDisposable
{
    private NativeBuffer? _buffer;
    private readonly TemporaryFile? _file;

    internal OutputImage(NativeBuffer buffer)
    {
        _buffer = buffer;
        Length = buffer.Length;
    }

    internal OutputImage(TemporaryFile file, long length)
    {
        _file = file;
        Length = length;
    }

    /// <summary>Size in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>The image's bytes; valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="IOException">The temporary file that holds them cannot be viewed.</exception>
    public NativeBytes Bytes => _buffer?.Bytes ?? _file!.View(Length);

    /// <summary>What is known of the image's parts from writing them.</summary>
    internal WrittenParts Parts { get; init; } = new(areWanted: false);

    /// <summary>Whether the file is a program: others may then execute it.</summary>
    internal bool IsExecutable { get; init; } = true;

    /// <summary>Copies the image.</summary>
    /// <returns>A managed copy, for images below 2 GiB.</returns>
    public byte[] ToArray() => Bytes.Span.ToArray();

    /// <summary>Writes the image to a stream, from its current position on.</summary>
    /// <param name="stream">The stream; stays open.</param>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        const long Step = 1L << 20;
        for (long at = 0; at < Length; at += Step)
            stream.Write(Bytes.Slice(at, Math.Min(Step, Length - at)).Span);
    }

    /// <summary>Reads a part of the image in blocks: those of a large one are not in memory and need not stay there.</summary>
    /// <param name="offset">First byte.</param>
    /// <param name="scratch">Room for the part; it says how long the part is.</param>
    /// <returns>The bytes, valid until the room is used again.</returns>
    internal ReadOnlySpan<byte> Read(long offset, Span<byte> scratch)
    {
        if (_buffer is not null)
            return _buffer.Slice(offset, scratch.Length);
        _file!.Read(scratch, offset);
        return scratch;
    }

    /// <summary>Adds bytes at the end. Views that were taken before are no longer valid.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_buffer is not null)
        {
            var larger = new NativeBuffer(Length + bytes.Length);
            const long Step = 1L << 30;
            for (long at = 0; at < Length; at += Step)
                _buffer.Bytes.Slice(at, Math.Min(Step, Length - at)).Span.CopyTo(larger.Slice(at, Math.Min(Step, Length - at)));
            _buffer.Dispose();
            _buffer = larger;
        }
        else
        {
            _file!.EndView();
        }

        Parts.Append(new FileRange(Length, bytes.Length));
        Length += bytes.Length;
        Patch(Length - bytes.Length, bytes);
    }

    /// <summary>Changes bytes of the finished image.</summary>
    internal void Patch(long offset, ReadOnlySpan<byte> bytes)
    {
        Parts.Change(new FileRange(offset, bytes.Length));
        if (_buffer is not null)
            bytes.CopyTo(_buffer.Slice(offset, bytes.Length));
        else
            _file!.Write(bytes, offset);
    }

    /// <summary>Gives the image its name.</summary>
    /// <returns>Null, or what went wrong.</returns>
    internal string? CommitTo(string path)
    {
        if (_file is not null)
            return _file.Commit();
        using TemporaryFile? file = TemporaryFile.Create(path, Length, IsExecutable, out string error);
        if (file is null)
            return error;
        try
        {
            const long Step = 1L << 30;
            for (long at = 0; at < Length; at += Step)
                file.Write(Bytes.Slice(at, Math.Min(Step, Length - at)).Span, at);
            return file.Commit();
        }
        catch (IOException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Frees the memory; removes a temporary file that was not committed.</summary>
    public void Dispose()
    {
        _buffer?.Dispose();
        _file?.Dispose();
    }
}
