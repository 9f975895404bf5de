using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A machine's screen, and tickets for its console (guide, "Displaying the Virtual Machine Console"; schema, MksTicketType).</summary>
internal static class ConsoleAnswers
{
    private const int Width = 160;
    private const int Height = 100;

    /// <summary>GET …/screen: a picture of a running machine's screen; another one for each machine and moment.</summary>
    public static VcdAnswer Screen(VcdCall call, VirtualMachine machine)
    {
        Require(machine);
        return new VcdAnswer(StatusCodes.Status200OK) { Bytes = Picture(machine, call.Now), MediaType = "image/png" };
    }

    /// <summary>POST …/screen/action/acquireTicket: an address with a ticket in it.</summary>
    public static VcdAnswer Ticket(VcdCall call, VirtualMachine machine)
    {
        ComputeTarget.Of(machine).RequireRight(call);
        Require(machine);
        var uri = new Uri(call.Hrefs.Root);
        return VcdAnswer.Ok(
            Xml.Root(call.Hrefs, "ScreenTicket", $"mks://{uri.Host}/{EntityKind.Vm.IdPrefix}{machine.Id}?ticket={Uri.EscapeDataString(NewTicket())}"),
            MediaTypes.ScreenTicket);
    }

    /// <summary>POST …/screen/action/acquireMksTicket, since 5.5.</summary>
    public static VcdAnswer MksTicket(VcdCall call, VirtualMachine machine)
    {
        if (call.Version! < new ApiVersion("5.5")) throw VcdException.AbsentOperation();
        ComputeTarget.Of(machine).RequireRight(call);
        Require(machine);
        return VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "MksTicket",
                Xml.Element("Host", new Uri(call.Hrefs.Root).Host),
                Xml.Element("Vmx", $"[datastore of {machine.Storage.Name}] {machine.Name} ({machine.Id})/{machine.Name} ({machine.Id}).vmx"),
                Xml.Element("Ticket", NewTicket()),
                Xml.Element("Port", "902")),
            MediaTypes.MksTicket);
    }

    private static void Require(VirtualMachine machine)
    {
        if (machine.Status is not (MachineStatus.PoweredOn or MachineStatus.WaitingForInput)) throw Assumptions.NotInThisState("screen", isMachine: true, machine.Name);
    }

    private static string NewTicket() => $"cst-{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}--tp-{RandomNumberGenerator.GetHexString(40)}";

    /// <summary>A PNG of grey lines, made of the machine's id and the time.</summary>
    private static byte[] Picture(VirtualMachine machine, DateTimeOffset now)
    {
        var lines = new MemoryStream();
        var seed = machine.Id.ToByteArray();
        using (var packed = new ZLibStream(lines, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < Height; y++)
            {
                packed.WriteByte(0);
                for (var x = 0; x < Width; x++) packed.WriteByte((byte)(seed[y % seed.Length] ^ (x / 8) ^ (y == 0 ? now.Second : 0)));
            }
        }

        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR"u8, [0, 0, 0, Width, 0, 0, 0, Height, 8, 0, 0, 0, 0]);
        Chunk(png, "IDAT"u8, lines.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        var start = (int)png.Position;
        png.Write(type);
        png.Write(data);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(number, Crc(png.GetBuffer().AsSpan(start, type.Length + data.Length)));
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320u;
        }

        return ~crc;
    }
}
