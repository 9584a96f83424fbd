using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using BondTools.Cisco;
using BondTools.Module.Ios;

namespace BondTools.Fuzzing;

/// <summary>Something that takes any text: it gives whole records or a BondToolsException, and nothing else.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Run">Takes a text and says whether it was understood; what it throws is a failure.</param>
internal sealed record FuzzTarget(string Name, Func<string, Mutator, bool> Run)
{
    private List<string>? _own;

    private const int MostOutput = 1 << 20;
    private const int MostItems = 40;
    private static readonly Dictionary<Type, (PropertyInfo Property, bool Required)[]> Properties = [];

    /// <summary>Every parser of the domain, and the IOS terminal.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. typeof(CiscoEtherChannel).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true })
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method is { Name: "Parse", IsGenericMethod: false } && method.GetParameters() is [{ } text, .. var others] && text.ParameterType == typeof(string) && others.All(p => p.IsOptional))
            .OrderBy(method => method.DeclaringType!.Name, StringComparer.Ordinal)
            .Select(Parser),
        new FuzzTarget("IosTerminal", Terminal),
    ];

    /// <summary>A bent text: mostly of the samples that this target understands, now and then of any.</summary>
    public string Bend(IReadOnlyList<string> samples, Mutator mutator)
    {
        _own ??= [.. samples.Where(sample => Run(sample, mutator))];
        return mutator.Mutate(_own.Count == 0 || mutator.Next(5) == 0 ? samples : _own);
    }

    private static FuzzTarget Parser(MethodInfo method)
    {
        var arguments = method.GetParameters().Select(p => p.DefaultValue).ToArray();
        return new FuzzTarget(method.DeclaringType!.Name, (text, _) =>
        {
            var given = (object?[])arguments.Clone();
            given[0] = text;
            try
            {
                RequireWhole(method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, given, null)!);
                return true;
            }
            catch (BondToolsException error) when (error.Message.Length > 0)
            {
                return false;
            }
        });
    }

    // However the bytes are cut into pieces, the terminal comes to the same state and the same answer.
    private static bool Terminal(string text, Mutator mutator)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = Feed(bytes, () => bytes.Length);
        var cut = Feed(bytes, () => 1 + mutator.Next(mutator.Next(2) == 0 ? 3 : 500));
        if (whole != cut)
            throw new InvalidOperationException($"The terminal comes to '{whole}' in one piece and to '{cut}' in several.");
        return true;
    }

    private static string Feed(byte[] bytes, Func<int> piece)
    {
        var terminal = new IosTerminal(MostOutput);
        try
        {
            terminal.Receive("SW1#"u8.ToArray(), 0, 4);
            terminal.TakeAnswer();
            terminal.Begin("show etherchannel summary");
            terminal.Receive("show etherchannel summary\r\n"u8.ToArray(), 0, 27);
            for (var at = 0; at < bytes.Length;)
            {
                var count = Math.Min(piece(), bytes.Length - at);
                terminal.Receive(bytes, at, count);
                at += count;
                _ = terminal.State;
            }
            var (state, soFar) = (terminal.State, terminal.OutputSoFar);
            return $"{state} {soFar} {(state == IosState.Prompt ? terminal.TakeAnswer() : "")}";
        }
        catch (BondToolsException error)
        {
            return error.Message;
        }
    }

    // Nothing that a record promises is missing from it, at any depth.
    private static void RequireWhole(object value)
    {
        if (value is IEnumerable items and not string)
        {
            foreach (var item in items.Cast<object?>().Take(MostItems))
                RequireWhole(item ?? throw new InvalidOperationException("A list holds nothing where a record should be."));
            return;
        }
        if (value.GetType().Assembly != typeof(CiscoEtherChannel).Assembly || value.GetType().IsEnum)
            return;
        foreach (var (property, required) in PropertiesOf(value.GetType()))
        {
            var held = property.GetValue(value);
            if (held is null && required)
                throw new InvalidOperationException($"{value.GetType().Name}.{property.Name} is null.");
            if (held is "" && property.Name is "Interface" or "Name" or "PortChannel" && required)
                throw new InvalidOperationException($"{value.GetType().Name}.{property.Name} is empty.");
            if (held is not null && property.PropertyType.Namespace?.StartsWith("BondTools", StringComparison.Ordinal) == true || held is IEnumerable and not string)
                RequireWhole(held!);
        }
    }

    private static (PropertyInfo Property, bool Required)[] PropertiesOf(Type type)
    {
        lock (Properties)
        {
            if (!Properties.TryGetValue(type, out var properties))
            {
                var context = new NullabilityInfoContext();
                properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(p => p.GetIndexParameters().Length == 0)
                    .Select(p => (p, !p.PropertyType.IsValueType && context.Create(p).ReadState == NullabilityState.NotNull))];
                Properties[type] = properties;
            }
            return properties;
        }
    }
}
