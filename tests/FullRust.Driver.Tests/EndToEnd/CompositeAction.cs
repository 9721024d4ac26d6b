// Runs a composite action as GitHub's runner does: defaults of inputs, expressions, a script file per step, and the files that steps write to.
// Only what action.yml of this repository uses is known; anything else is an error, so that it cannot pass unread.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FullRust.TestKit;

namespace FullRust.Driver.Tests.EndToEnd;

/// <summary>The action of this repository. Values stand under paths such as <c>inputs.args.default</c> and <c>runs.steps.1.env.FULLRUST_ARGS</c>.</summary>
internal sealed class CompositeAction
{
    private static readonly Regex s_line = new(@"^(?<indent> *)(?<item>- )?(?<key>[\w-]+):(?: (?<value>.*))?$");

    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, string> _context = [];

    private CompositeAction()
    {
    }

    /// <summary>All steps that ran, and how.</summary>
    internal IList<ToolResult> Steps { get; } = [];

    /// <summary>The action's outputs after a run.</summary>
    internal IReadOnlyDictionary<string, string> Outputs => Names("outputs").ToDictionary(static n => n, n => Evaluate(_values[$"outputs.{n}.value"]));

    /// <summary>Reads action.yml.</summary>
    internal static CompositeAction Read()
    {
        var action = new CompositeAction();
        var open = new List<(int Indent, string Name)>();
        int item = -1;
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "action.yml")).Where(static l => l.Length > 0))
        {
            Match match = s_line.Match(line);
            if (!match.Success)
                throw new InvalidDataException(line);
            int indent = match.Groups["indent"].Length;
            open.RemoveAll(o => o.Indent >= indent);
            if (match.Groups["item"].Success)
                open.Add((indent, $"{++item}"));
            open.Add((indent + match.Groups["item"].Length, match.Groups["key"].Value));
            if (match.Groups["value"].Success)
                action._values[string.Join('.', open.Select(static o => o.Name))] = Unquoted(match.Groups["value"].Value);
        }

        return action;
    }

    /// <summary>Runs the steps in the folder of a checked-out crate, until one fails.</summary>
    internal void Run(DriverRun workspace, params (string Name, string Value)[] inputs)
    {
        foreach (string name in Names("inputs"))
            _context[$"inputs.{name}"] = _values[$"inputs.{name}.default"];
        foreach ((string name, string value) in inputs)
            _context[_context.ContainsKey($"inputs.{name}") ? $"inputs.{name}" : throw new ArgumentException(name)] = value;
        _context["runner.temp"] = workspace["_temp"];
        workspace.WithVariable("GITHUB_ACTIONS", "true").WithVariable("GITHUB_WORKSPACE", workspace.Folder).WithVariable("GITHUB_ACTION_PATH", Repository.Root);
        foreach (string step in Names("runs.steps"))
        {
            ToolResult result = RunStep(workspace, $"runs.steps.{step}", _values.GetValueOrDefault($"runs.steps.{step}.id", $"__{step}"));
            Steps.Add(result);
            if (result.ExitCode != 0)
                return;
        }
    }

    private ToolResult RunStep(DriverRun workspace, string path, string id)
    {
        string folder = Path.Combine("_temp", id), output = Path.Combine(folder, "output"), script = Path.Combine(folder, "script.sh");
        workspace.With(output, "").With(Path.Combine(folder, "summary"), "").With(script, Evaluate(_values[$"{path}.run"]) + "\n");
        workspace.WithVariable("GITHUB_OUTPUT", workspace[output]).WithVariable("GITHUB_STEP_SUMMARY", workspace[folder, "summary"]);
        foreach (string name in Names($"{path}.env"))
            workspace.WithVariable(name, Evaluate(_values[$"{path}.env.{name}"]));
        if (_values[$"{path}.shell"] != "sh")
            throw new NotSupportedException(_values[$"{path}.shell"]);
        string place = Path.Combine(workspace.Folder, Evaluate(_values.GetValueOrDefault($"{path}.working-directory", ".")));
        ToolResult result = workspace.Run("/bin/sh", "-c", "cd \"$1\" && exec sh -e \"$2\"", "sh", place, workspace[script]);
        TakeOutputs(id, File.ReadAllLines(workspace[output]));
        return result;
    }

    /// <summary>Lines <c>NAME=VALUE</c>, or <c>NAME&lt;&lt;END</c>, lines, <c>END</c>.</summary>
    private void TakeOutputs(string id, string[] lines)
    {
        for (int at = 0; at < lines.Length; at++)
        {
            string line = lines[at];
            int equals = line.IndexOf('=', StringComparison.Ordinal), block = line.IndexOf("<<", StringComparison.Ordinal);
            if (block < 0 || (equals >= 0 && equals < block))
            {
                _context[$"steps.{id}.outputs.{line[..equals]}"] = line[(equals + 1)..];
                continue;
            }

            int end = Array.IndexOf(lines, line[(block + 2)..], at + 1);
            _context[$"steps.{id}.outputs.{line[..block]}"] = string.Join('\n', lines[(at + 1)..end]);
            at = end;
        }
    }

    private string Evaluate(string text) => Regex.Replace(text, @"\$\{\{ ([\w.-]+) \}\}", m => _context[m.Groups[1].Value]);

    private List<string> Names(string path) =>
        [.. _values.Keys.Where(k => k.StartsWith(path + ".", StringComparison.Ordinal)).Select(k => k[(path.Length + 1)..].Split('.')[0]).Distinct()];

    private static string Unquoted(string value) => value switch
    {
        ['\'', .. var inner, '\''] => inner.Replace("''", "'", StringComparison.Ordinal),
        ['"', .. var inner, '"'] when !inner.Contains('\\', StringComparison.Ordinal) => inner,
        ['"' or '|' or '>' or '[' or '{' or '&' or '*', ..] => throw new InvalidDataException(value),
        _ => value,
    };
}
