// The tests of an assembly, run one after the other in this process without xunit's runner: a mutant takes milliseconds instead of seconds.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Xunit;
using Xunit.Sdk;

namespace FullRust.Mutants;

/// <summary>One test with its arguments.</summary>
internal sealed record SingleTest(string Name, MethodInfo Method, object?[] Arguments)
{
    /// <summary>How long it takes without a mutant.</summary>
    internal TimeSpan Duration { get; set; }

    /// <summary>How it fails without a mutant, which makes the set useless.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>Runs it.</summary>
    /// <returns>What went wrong, or null.</returns>
    internal Exception? Run()
    {
        try
        {
            object instance = Activator.CreateInstance(Method.DeclaringType!)!;
            Method.Invoke(instance, Arguments);
            (instance as IDisposable)?.Dispose();
            return null;
        }
        catch (TargetInvocationException problem)
        {
            return problem.InnerException;
        }
    }
}

internal static class TestSet
{
    /// <summary>Finds the tests that take less than a time, quick ones first; each has run once.</summary>
    internal static List<SingleTest> Load(Assembly assembly, TimeSpan limit)
    {
        var tests = assembly.GetTypes().SelectMany(static type => type.GetMethods()).SelectMany(TestsOf).ToList();
        foreach (SingleTest test in tests)
        {
            var watch = Stopwatch.StartNew();
            test.Failure = test.Run();
            test.Duration = watch.Elapsed;
        }

        return [.. tests.Where(test => test.Duration < limit).OrderBy(static test => test.Duration)];
    }

    private static IEnumerable<SingleTest> TestsOf(MethodInfo method)
    {
        if (method.GetCustomAttribute<FactAttribute>() is not { Skip: null } fact)
            return [];
        if (fact is not TheoryAttribute)
            return [new SingleTest(method.Name, method, [])];
        return method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method))
            .Select(row => new SingleTest($"{method.Name}({string.Join(", ", row)})", method, Converted(row, method.GetParameters())));
    }

    private static object?[] Converted(object?[] row, ParameterInfo[] parameters) =>
        [.. row.Zip(parameters, static (value, parameter) => value is IConvertible && !parameter.ParameterType.IsInstanceOfType(value) && !parameter.ParameterType.IsEnum
            ? Convert.ChangeType(value, parameter.ParameterType, CultureInfo.InvariantCulture) : value)];
}
