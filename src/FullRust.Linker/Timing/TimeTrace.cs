// --time-trace: the phases as a trace of the "Trace Event Format", which chrome://tracing and Perfetto show; in the shape of lld's.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FullRust.Linker.Timing;

/// <summary>Writes traces.</summary>
public static class TimeTrace
{
    /// <summary>The trace of a link as JSON.</summary>
    /// <param name="times">The phases.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="processId">The process that linked.</param>
    /// <param name="granularityMicroseconds">Shorter phases appear in the totals only.</param>
    /// <param name="began">When the link began.</param>
    public static byte[] Write(PhaseTimer times, string tool, int processId, int granularityMicroseconds, DateTimeOffset began)
    {
        ArgumentNullException.ThrowIfNull(times);
        var events = new List<string>();
        double at = 0, total = 0;
        foreach ((string _, double milliseconds) in times.Phases)
            total += milliseconds;
        events.Add(Span("ExecuteLinker", 0, total, processId, processId));
        foreach ((string phase, double milliseconds) in times.Phases)
        {
            if (milliseconds * 1000 >= granularityMicroseconds)
                events.Add(Span(phase, at, milliseconds, processId, processId));
            at += milliseconds;
        }

        int thread = processId;
        AddTotal(events, "ExecuteLinker", total, processId, ++thread);
        foreach ((string phase, double milliseconds) in times.Phases)
            AddTotal(events, phase, milliseconds, processId, ++thread);
        events.Add(string.Create(CultureInfo.InvariantCulture, $"{{\"cat\":\"\",\"pid\":{processId},\"tid\":{processId},\"ts\":0,\"ph\":\"M\",\"name\":\"process_name\",\"args\":{{\"name\":\"{tool}\"}}}}"));
        long beginning = began.ToUnixTimeMilliseconds() * 1000;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"traceEvents\":[{string.Join(",\n", events)}],\"beginningOfTime\":{beginning}}}\n"));
    }

    private static string Span(string name, double startMs, double durationMs, int process, int thread) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"pid\":{process},\"tid\":{thread},\"ts\":{(long)(startMs * 1000)},\"ph\":\"X\",\"dur\":{(long)(durationMs * 1000)},\"name\":\"{name}\"}}");

    private static void AddTotal(List<string> events, string name, double milliseconds, int process, int thread) => events.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"pid\":{process},\"tid\":{thread},\"ph\":\"X\",\"ts\":0,\"dur\":{(long)(milliseconds * 1000)},\"name\":\"Total {name}\",\"args\":{{\"count\":1,\"avg ms\":{(long)milliseconds}}}}}"));
}
