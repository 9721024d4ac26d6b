// Values of options about the output that need more than a line.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FullRust.Linker.Arguments;

/// <summary>Applies options about the output.</summary>
internal static class OutputFormats
{
    /// <summary><c>-o</c>.</summary>
    internal static void SetPath(CommandLineState state, string path)
    {
        if (path.Length == 0)
            state.InvalidValue(path, "a file name");
        else
            state.Options.OutputPath = path;
    }

    /// <summary><c>-S</c>; <c>-s</c> is the stronger of the two, in any order.</summary>
    internal static void StripDebug(CommandLineState state)
    {
        if (state.Options.Strip == StripPolicy.None)
            state.Options.Strip = StripPolicy.Debug;
    }

    /// <summary><c>--build-id</c>; without a style it is SHA-1, as in GNU ld.</summary>
    internal static void SetBuildId(CommandLineState state, string? style)
    {
        BuildIdKind? kind = style switch
        {
            null or "sha1" or "tree" => BuildIdKind.Sha1,
            "none" => BuildIdKind.None,
            "fast" => BuildIdKind.Fast,
            "md5" => BuildIdKind.Md5,
            "sha256" => BuildIdKind.Sha256,
            "uuid" => BuildIdKind.Uuid,
            _ => null,
        };
        if (kind is not null)
            state.Options.BuildId = kind.Value;
        else if (TryParseBytes(style!, out List<byte> bytes))
            (state.Options.BuildId, state.Options.BuildIdBytes) = (BuildIdKind.Hex, bytes);
        else
            state.UnknownValue(style!, "none, fast, md5, sha1, sha256, uuid or 0x and an even number of hexadecimal digits");
    }

    /// <summary>Bytes after <c>0x</c>; dashes and colons may stand between them (GNU ld manual, <c>--build-id</c>).</summary>
    private static bool TryParseBytes(string text, out List<byte> bytes)
    {
        bytes = [];
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return false;
        for (int i = 2; i < text.Length;)
        {
            if (text[i] is '-' or ':')
            {
                i++;
                continue;
            }

            if (i + 2 > text.Length || !byte.TryParse(text.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                return false;
            bytes.Add(value);
            i += 2;
        }

        return bytes.Count > 0;
    }

    /// <summary><c>--compress-debug-sections</c>.</summary>
    internal static void SetDebugCompression(CommandLineState state, string kind)
    {
        if (TryParseCompression(kind, out Compression compression))
            state.Options.CompressDebugSections = compression;
        else
            state.UnknownValue(kind, "none, zlib, zlib-gabi or zstd, with an optional :LEVEL");
    }

    /// <summary><c>--compress-sections</c>.</summary>
    internal static void AddCompression(CommandLineState state, string rule)
    {
        int equals = rule.LastIndexOf('=');
        if (equals > 0 && TryParseCompression(rule[(equals + 1)..], out Compression compression))
            state.Options.CompressSections.Add(new SectionCompression(rule[..equals], compression));
        else
            state.InvalidValue(rule, "GLOB=none, GLOB=zlib or GLOB=zstd, with an optional :LEVEL");
    }

    private static bool TryParseCompression(string text, out Compression compression)
    {
        compression = default;
        int colon = text.IndexOf(':');
        string name = colon < 0 ? text : text[..colon];
        int level = -1;
        if (colon >= 0 && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out level))
            return false;
        CompressionKind? kind = name switch
        {
            "none" when colon < 0 => CompressionKind.None,
            "zlib" or "zlib-gabi" when level is >= -1 and <= 9 => CompressionKind.Zlib,
            "zstd" when level is >= -7 and <= 22 => CompressionKind.Zstd,
            _ => null,
        };
        compression = new Compression(kind ?? CompressionKind.None, level);
        return kind is not null;
    }

    /// <summary><c>--package-metadata</c>: JSON, in which gcc's driver writes blanks and commas as percent sequences.</summary>
    internal static void SetPackageMetadata(CommandLineState state, string? json)
    {
        if (string.IsNullOrEmpty(json))
            state.Options.PackageMetadata = null;
        else if (!TryDecodePercent(json, out string decoded))
            state.InvalidValue(json, "two hexadecimal digits after every '%'");
        else if (!IsJson(decoded))
            state.InvalidValue(json, "JSON");
        else
            state.Options.PackageMetadata = decoded;
    }

    private static bool TryDecodePercent(string text, out string decoded)
    {
        decoded = text;
        if (!text.Contains('%'))
            return true;
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
                continue;
            }

            if (i + 3 > text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                return false;
            bytes.Add(value);
            i += 2;
        }

        decoded = Encoding.UTF8.GetString([.. bytes]);
        return true;
    }

    private static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return true;
    }
}
