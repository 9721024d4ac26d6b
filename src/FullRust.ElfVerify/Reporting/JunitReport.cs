// The report as JUnit XML: a suite for each file, a case for each rule that was applied. Broken = failure, unknown = error, waived =
// skipped with the reason; warnings and information that do not fail the file stand in system-out of a passed case.

using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Xml;

namespace FullRust.ElfVerify.Reporting;

/// <summary>Writes reports as JUnit XML. Thread-safe as long as the stream is used by one thread.</summary>
public static class JunitReport
{
    private enum CaseResult
    {
        Passed,
        Failed,
        Error,
        Skipped,
    }

    /// <summary>Writes a run.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="run">The run.</param>
    public static void Write(Stream stream, VerifyRun run)
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CloseOutput = false, NewLineChars = "\n" };
        using (XmlWriter xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "fullrust-verify");
            foreach (VerifiedFile file in run.Files)
                WriteSuite(xml, file);
            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteSuite(XmlWriter xml, VerifiedFile file)
    {
        List<(RuleId Rule, CaseResult Result)> cases = CasesOf(file);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", PrintableText.Escape(file.Path));
        WriteCount(xml, "tests", cases.Count);
        WriteCount(xml, "failures", Count(cases, CaseResult.Failed));
        WriteCount(xml, "errors", Count(cases, CaseResult.Error));
        WriteCount(xml, "skipped", Count(cases, CaseResult.Skipped));
        foreach ((RuleId rule, CaseResult result) in cases)
            WriteCase(xml, file, rule, result);
        xml.WriteEndElement();
    }

    private static List<(RuleId Rule, CaseResult Result)> CasesOf(VerifiedFile file)
    {
        var cases = new List<(RuleId, CaseResult)>();
        if (file.Report is not { } report)
        {
            cases.Add((file.Rule, CaseResult.Error));
            return cases;
        }

        foreach (RuleId rule in RuleTable.All)
        {
            if (report.ResultOf(rule) is not (RuleResult.NotRun or RuleResult.NotApplicable))
                cases.Add((rule, ResultOf(report, rule)));
        }

        return cases;
    }

    private static CaseResult ResultOf(VerifyReport report, RuleId rule)
    {
        CaseResult result = CaseResult.Passed;
        foreach (VerifyFinding finding in report.Findings)
        {
            if (finding.Rule != rule)
                continue;
            if (finding.WaivedBecause is not null)
                result = result == CaseResult.Passed ? CaseResult.Skipped : result;
            else if (finding.Level >= report.Options.FailOn)
                return finding.Result == RuleResult.Unknown ? CaseResult.Error : CaseResult.Failed;
        }

        return result;
    }

    private static void WriteCase(XmlWriter xml, VerifiedFile file, RuleId rule, CaseResult result)
    {
        RuleDescription words = RuleTable.Describe(rule);
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", PrintableText.Escape(file.Path));
        xml.WriteAttributeString("name", $"{words.Code} {words.Title}");
        WriteCount(xml, "time", 0);
        string text = TextOf(file, rule);
        switch (result)
        {
            case CaseResult.Failed:
                WriteProblem(xml, "failure", words, text);
                break;
            case CaseResult.Error:
                WriteProblem(xml, "error", words, text);
                break;
            case CaseResult.Skipped:
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", text);
                xml.WriteEndElement();
                break;
            default:
                if (text.Length != 0)
                    xml.WriteElementString("system-out", text);
                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteProblem(XmlWriter xml, string element, RuleDescription words, string text)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("type", words.Code);
        xml.WriteAttributeString("message", words.Title);
        xml.WriteString($"{text}\n{words.Why}\n{words.Fix}");
        xml.WriteEndElement();
    }

    private static string TextOf(VerifiedFile file, RuleId rule)
    {
        if (file.Report is not { } report)
            return PrintableText.Escape(file.Error);
        var text = new StringBuilder();
        foreach (VerifyFinding finding in report.Findings)
        {
            if (finding.Rule != rule)
                continue;
            text.Append(text.Length == 0 ? "" : "\n").Append(finding.Place).Append(": ").Append(finding.Message);
            if (finding.WaivedBecause is not null)
                text.Append(" [waived: ").Append(PrintableText.Escape(finding.WaivedBecause)).Append(']');
        }

        return text.ToString();
    }

    private static int Count(List<(RuleId Rule, CaseResult Result)> cases, CaseResult result)
    {
        int count = 0;
        foreach ((RuleId _, CaseResult found) in cases)
            count += found == result ? 1 : 0;
        return count;
    }

    private static void WriteCount(XmlWriter xml, string name, int value) => xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
}
