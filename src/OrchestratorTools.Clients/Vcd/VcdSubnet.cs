using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A subnet of IPv4 addresses, by one of them and the length of the prefix. The schemas of the API know no other addresses.</summary>
/// <param name="Address">An address of it: the gateway's.</param>
/// <param name="Prefix">How many bits are common, 0 to 32.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VcdSubnet(uint Address, int Prefix)
{
    /// <summary>The mask as a number.</summary>
    public uint Mask => Prefix == 0 ? 0 : uint.MaxValue << (32 - Prefix);

    /// <summary>The address of the subnet itself.</summary>
    public uint Network => Address & Mask;

    /// <summary>The address that means all of it.</summary>
    public uint Broadcast => Network | ~Mask;

    /// <summary>True of an address that a machine of the subnet can have.</summary>
    public bool HasHost(uint address) => (address & Mask) == Network && (Prefix > 30 || (address != Network && address != Broadcast));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text(Network)}/{Prefix}");

    /// <summary>Reads an address: four decimal numbers, none with a zero before it (other programs read those as octal).</summary>
    public static bool TryAddress([NotNullWhen(true)] string? text, out uint address)
    {
        address = 0;
        var parts = text?.Trim().Split('.') ?? [];
        if (parts.Length != 4)
        {
            return false;
        }

        foreach (var part in parts)
        {
            if (part.Length > 3 || (part.Length > 1 && part[0] is '0') || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            address = (address << 8) | number;
        }

        return true;
    }

    /// <summary>The length of a mask's prefix; null of a text that is no mask: ones, then zeros.</summary>
    public static int? PrefixOf(string? mask)
        => TryAddress(mask, out var bits) && (bits == 0 || uint.MaxValue << BitOperations.TrailingZeroCount(bits) == bits) ? BitOperations.PopCount(bits) : null;

    /// <summary>A prefix as a mask.</summary>
    public static string MaskOf(int prefix) => Text(new VcdSubnet(0, prefix).Mask);

    /// <summary>Reads "first-last", or a single address.</summary>
    public static (uint First, uint Last)? RangeOf(string? text)
    {
        var ends = text?.Split('-') ?? [];
        return ends.Length is 1 or 2 && TryAddress(ends[0], out var first) && TryAddress(ends[^1], out var last) ? (first, last) : null;
    }

    /// <summary>An address as text.</summary>
    public static string Text(uint address) => string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
}
