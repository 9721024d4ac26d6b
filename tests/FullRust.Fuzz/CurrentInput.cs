// The input that is being run, in a shared mapping: it is known even if the process dies of it.

using System;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace FullRust.Fuzz;

/// <summary>What a worker was doing when it died.</summary>
/// <param name="Bytes">The input.</param>
/// <param name="Variant">The number that chose among options.</param>
/// <param name="Runs">Inputs that it had run.</param>
internal sealed record CurrentInput(byte[] Bytes, int Variant, long Runs)
{
    private const int HeaderSize = 16;

    internal static CurrentInput Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return new(bytes[HeaderSize..(HeaderSize + BitConverter.ToInt32(bytes))], BitConverter.ToInt32(bytes, 4), BitConverter.ToInt64(bytes, 8));
    }

    /// <summary>The side that writes.</summary>
    internal sealed class Mapping : IDisposable
    {
        private readonly MemoryMappedViewAccessor _view;
        private readonly MemoryMappedFile _file;
        private readonly int _most;

        internal Mapping(string path, int mostBytes)
        {
            _most = mostBytes;
            _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, mostBytes + HeaderSize);
            _view = _file.CreateViewAccessor();
        }

        internal void Show(byte[] input, int variant, long runs)
        {
            int length = Math.Min(input.Length, _most);
            _view.Write(0, length);
            _view.Write(4, variant);
            _view.Write(8, runs);
            _view.WriteArray(HeaderSize, input, 0, length);
        }

        public void Dispose()
        {
            _view.Dispose();
            _file.Dispose();
        }
    }
}
