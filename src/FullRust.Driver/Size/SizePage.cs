// The treemap: one HTML file that needs nothing else. Areas are bytes; boxes are crates, inside them symbols. The page lays the boxes out itself
// (squarified treemaps, Bruls, Huizing, van Wijk 2000), so that it fits any window.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;

namespace FullRust.Driver.Size;

/// <summary>Makes the treemap page.</summary>
internal static class SizePage
{
    private const string Script = """
        const map = document.getElementById('map'), told = document.getElementById('told'), data = JSON.parse(document.getElementById('data').textContent);
        const all = document.getElementById('all');
        const text = n => n.toLocaleString('en') + ' bytes (' + (100 * n / data.size).toFixed(1) + ' %)';
        const hue = s => { let h = 0; for (const c of s) h = (h * 31 + c.codePointAt(0)) >>> 0; return h % 360; };
        function worst(row, side, scale) {
          const area = row.reduce((a, r) => a + r.size * scale, 0), thick = area / side;
          return Math.max(...row.map(r => { const l = r.size * scale / thick; return Math.max(l / thick, thick / l); }));
        }
        function layout(items, x, y, w, h, place) {
          let rest = items.filter(i => i.size > 0), total = rest.reduce((a, i) => a + i.size, 0);
          while (rest.length && w > 0 && h > 0) {
            const side = Math.min(w, h), scale = w * h / total, row = [rest[0]];
            while (row.length < rest.length && worst([...row, rest[row.length]], side, scale) <= worst(row, side, scale)) row.push(rest[row.length]);
            const sum = row.reduce((a, r) => a + r.size, 0), thick = sum * scale / side;
            let at = 0;
            for (const r of row) {
              const l = r.size * scale / thick;
              if (w >= h) place(r, x, y + at, thick, l); else place(r, x + at, y, l, thick);
              at += l;
            }
            if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
            total -= sum; rest = rest.slice(row.length);
          }
        }
        function box(parent, x, y, w, h, name, size, color, cls) {
          const b = document.createElement('div');
          b.className = cls;
          b.style.cssText = `left:${x}px;top:${y}px;width:${Math.max(0, w - 1)}px;height:${Math.max(0, h - 1)}px;background:${color}`;
          b.dataset.name = name; b.dataset.size = size; b.title = name + '\n' + text(size);
          if (w > 40 && h > 14) { const s = document.createElement('span'); s.textContent = name; b.append(s); }
          parent.append(b);
        }
        function draw() {
          map.textContent = '';
          const w = map.clientWidth, h = map.clientHeight;
          layout(data.crates.filter(c => c.loaded || all.checked), 0, 0, w, h, (c, x, y, cw, ch) => {
            box(map, x, y, cw, ch, c.name, c.size, `hsl(${hue(c.name)} 45% 38%)`, 'crate');
            if (cw > 12 && ch > 30) layout(c.symbols, x + 2, y + 16, cw - 5, ch - 19,
              (s, sx, sy, sw, sh) => { if (sw > 2 && sh > 2) box(map, sx, sy, sw, sh, s.name, s.size, `hsl(${hue(c.name)} 50% ${55 + hue(s.name) % 20}%)`, 'symbol'); });
          });
        }
        map.addEventListener('mouseover', e => { const b = e.target.closest('[data-name]'); if (b) told.textContent = b.dataset.name + ': ' + text(+b.dataset.size); });
        all.addEventListener('change', draw); addEventListener('resize', draw); draw();
        """;

    private const string Style = """
        body { margin: 0; font: 13px system-ui, sans-serif; display: flex; flex-direction: column; height: 100vh; background: #fff; color: #222 }
        header { padding: 8px 12px } label { float: right } h1 { font-size: 15px; margin: 0 0 2px } #told { color: #555; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
        #map { position: relative; flex: 1; margin: 0 8px 8px } #map div { position: absolute; overflow: hidden }
        .crate { color: #fff } .symbol { color: #111; font-size: 11px } span { padding: 1px 3px; white-space: nowrap }
        @media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } #told { color: #aaa } }
        """;

    /// <summary>The page for a program.</summary>
    /// <param name="name">The program's name, for the title.</param>
    /// <param name="parts">The program.</param>
    internal static string Format(string name, ProgramParts parts)
    {
        string title = WebUtility.HtmlEncode($"{name}: {parts.FileSize:N0} bytes");
        // "<" cannot end the script element early once it is escaped.
        string data = Data(parts).Replace("<", "\\u003c", StringComparison.Ordinal);
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
            <style>{Style}</style></head>
            <body><header><h1>{title}</h1><label><input type="checkbox" id="all"> also what is not loaded (debug sections, symbol table)</label>
            <div id="told">Areas are bytes: crates, and in them symbols. Point at a box.</div></header>
            <div id="map"></div>
            <script type="application/json" id="data">{data}</script>
            <script>{Script}</script>
            </body></html>

            """;
    }

    private static string Data(ProgramParts parts)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            ILookup<string, SymbolPart> symbols = parts.Symbols.ToLookup(static s => s.Crate);
            json.WriteStartObject();
            json.WriteNumber("size", parts.FileSize);
            json.WriteStartArray("crates");
            IEnumerable<(string Name, long Size, bool IsLoaded)> boxes = parts.ByCrate().Select(static c => (c.Crate, c.Size, true)).Concat(NotLoaded(parts));
            foreach ((string crate, long size, bool isLoaded) in boxes.OrderByDescending(static b => b.Size))
            {
                json.WriteStartObject();
                json.WriteString("name", crate);
                json.WriteNumber("size", size);
                json.WriteBoolean("loaded", isLoaded);
                json.WriteStartArray("symbols");
                foreach (SymbolPart symbol in symbols[crate])
                {
                    json.WriteStartObject();
                    json.WriteString("name", symbol.Name);
                    json.WriteNumber("size", symbol.Size);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static IEnumerable<(string Name, long Size, bool IsLoaded)> NotLoaded(ProgramParts parts) =>
        parts.Sections.Where(static s => !s.IsLoaded).Select(static s => (s.Name, s.Size, false));
}
