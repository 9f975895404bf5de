using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A version of the vCloud API, compared by its numbers ("5.10" is later than "5.6", "37" is "37.0"); kept as the server writes it, since it goes back in the Accept header.</summary>
public sealed class VcdApiVersion : IComparable<VcdApiVersion>, IEquatable<VcdApiVersion>
{
    private readonly int[] _numbers;

    private VcdApiVersion(string text, int[] numbers)
    {
        Text = text;
        _numbers = numbers;
    }

    /// <summary>The version as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a version of whole numbers; throws <see cref="FormatException"/> otherwise.</summary>
    public static VcdApiVersion Parse(string text)
        => TryParse(text, out var version) ? version : throw new FormatException($"'{text}' is no API version such as 37.0.");

    /// <summary>Reads a version of whole numbers; false of anything else ("37.0.0-alpha-1").</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VcdApiVersion? version)
    {
        version = null;
        var trimmed = text?.Trim() ?? string.Empty;
        var parts = trimmed.Split('.');
        if (parts.Length > 4)
        {
            return false;
        }

        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        version = new VcdApiVersion(trimmed, numbers);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(VcdApiVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var compared = Number(i).CompareTo(other.Number(i));
            if (compared != 0)
            {
                return compared;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public bool Equals(VcdApiVersion? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VcdApiVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number(0), Number(1), Number(2), Number(3));

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Earlier.</summary>
    public static bool operator <(VcdApiVersion left, VcdApiVersion right) => Compare(left, right) < 0;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(VcdApiVersion left, VcdApiVersion right) => Compare(left, right) <= 0;

    /// <summary>Later.</summary>
    public static bool operator >(VcdApiVersion left, VcdApiVersion right) => Compare(left, right) > 0;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(VcdApiVersion left, VcdApiVersion right) => Compare(left, right) >= 0;

    /// <summary>The same.</summary>
    public static bool operator ==(VcdApiVersion? left, VcdApiVersion? right) => Compare(left, right) == 0;

    /// <summary>Not the same.</summary>
    public static bool operator !=(VcdApiVersion? left, VcdApiVersion? right) => Compare(left, right) != 0;

    private static int Compare(VcdApiVersion? left, VcdApiVersion? right)
        => left is null ? (right is null ? 0 : -1) : left.CompareTo(right);

    private int Number(int place) => place < _numbers.Length ? _numbers[place] : 0;
}
