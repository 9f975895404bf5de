using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OrchestratorTools.Vcd;

/// <summary>Makes of PowerShell's values the four types that metadata has.</summary>
internal static class VcdMetadataValues
{
    /// <summary>Keys and values: text, long, bool or DateTimeOffset. Throws <see cref="ArgumentException"/>, whose ParamName is the key, where a value is none of these.</summary>
    public static KeyValuePair<string, object>[] Of(IDictionary values)
    {
        var typed = new List<KeyValuePair<string, object>>();
        foreach (DictionaryEntry entry in values)
        {
            var key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            var value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            typed.Add(new(key, Typed(value) ?? throw new ArgumentException(Why(value), key)));
        }

        return [.. typed];
    }

    private static object? Typed(object? value) => value switch
    {
        string text => text,
        char c => c.ToString(),
        bool flag => flag,
        SwitchParameter flag => flag.ToBool(),
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong large when large <= long.MaxValue => (long)large,
        decimal exact when decimal.Truncate(exact) == exact && exact is >= long.MinValue and <= long.MaxValue => (long)exact,
        double number when double.IsInteger(number) && Math.Abs(number) <= 1L << 53 => (long)number,
        float number when float.IsInteger(number) && Math.Abs(number) <= 1 << 24 => (long)number,
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time.ToUniversalTime()),
        Enum or Guid or Uri or Version => value.ToString(),
        _ => null,
    };

    private static string Why(object? value) => value switch
    {
        null => "there is no value; Remove-VcdMetadata removes a key.",
        float or double or decimal or ulong => string.Create(CultureInfo.InvariantCulture, $"the number {value} is no whole number of 64 bits, and metadata has no others; give it as a text ('{value}')."),
        _ => $"a {value.GetType().Name} is none of the types that metadata has: text, whole number, true or false, time.",
    };
}
