using System.Globalization;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A version of the API. Ordered by its numbers, never as text: 5.10 comes after 5.6, and 5.5 before 37.0, wherever the list has it (facts/vcd.md, "Versions").</summary>
internal sealed class ApiVersion : IComparable<ApiVersion>, IEquatable<ApiVersion>
{
    private readonly int[] _numbers;

    public ApiVersion(string text)
    {
        Text = text;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        IsAlpha = dash >= 0;
        _numbers = Array.ConvertAll((IsAlpha ? text[..dash] : text).Split('.'), n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>As it is written in lists and headers.</summary>
    public string Text { get; }

    /// <summary>True for versions such as <c>40.0.0-alpha</c>, which precede the release of their number.</summary>
    public bool IsAlpha { get; }

    public int Major => _numbers[0];

    public static bool operator ==(ApiVersion? left, ApiVersion? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ApiVersion? left, ApiVersion? right) => !(left == right);

    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    public int CompareTo(ApiVersion? other)
    {
        if (other is null) return 1;
        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var difference = (i < _numbers.Length ? _numbers[i] : 0).CompareTo(i < other._numbers.Length ? other._numbers[i] : 0);
            if (difference != 0) return difference;
        }

        return other.IsAlpha.CompareTo(IsAlpha);
    }

    public bool Equals(ApiVersion? other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as ApiVersion);

    public override int GetHashCode() => HashCode.Combine(Major, IsAlpha);

    public override string ToString() => Text;
}

/// <summary>One entry of the list of versions.</summary>
/// <param name="Version">The version.</param>
/// <param name="Deprecated">Whether the server announces its removal.</param>
internal sealed record OfferedVersion(ApiVersion Version, bool Deprecated)
{
    private const string Mark = "[D]";

    /// <summary>Reads <c>39.1</c>, or <c>36.0 [D]</c> for a deprecated one: the notation of the server's own 406.</summary>
    public static OfferedVersion Parse(string text)
    {
        var trimmed = text.Trim();
        var deprecated = trimmed.EndsWith(Mark, StringComparison.Ordinal);
        try
        {
            return new OfferedVersion(new ApiVersion(deprecated ? trimmed[..^Mark.Length].TrimEnd() : trimmed), deprecated);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ArgumentException($"'{text}' is no API version. Versions look like 39.1, 40.0.0-alpha or 36.0 [D].", e);
        }
    }

    public override string ToString() => Deprecated ? $"{Version} {Mark}" : Version.Text;
}
