using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// An object of the server: its members are invented when they are first asked for, kept as UTF-8 from then on, and can be changed one by one. Safe for many threads.
/// </summary>
internal abstract class ServerRecord
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly object _lock = new();
    private Dictionary<string, string>? _changes;
    private byte[]? _bytes;

    /// <summary>The object as UTF-8 JSON. The array is not to be changed.</summary>
    public ReadOnlyMemory<byte> Utf8
    {
        get
        {
            if (Volatile.Read(ref _bytes) is { } bytes)
                return bytes;

            lock (_lock)
            {
                return _bytes ??= Render();
            }
        }
    }

    /// <summary>Gives a member another value, or gives the object a new member.</summary>
    public void Change(string member, JsonElement value)
    {
        lock (_lock)
        {
            (_changes ??= new(StringComparer.Ordinal))[member] = value.GetRawText();
            OnChanged(member, value);
            Volatile.Write(ref _bytes, null);
        }
    }

    /// <summary>The same, for a value of the server's own.</summary>
    public void Set<T>(string member, T value) => Change(member, JsonSerializer.SerializeToElement(value));

    /// <summary>One member as it stands; undefined where there is none.</summary>
    public JsonElement Read(string member)
    {
        using var document = JsonDocument.Parse(Utf8);
        return document.RootElement.TryGetProperty(member, out var value) ? value.Clone() : default;
    }

    /// <summary>Has the members written anew: for what the server keeps beside them.</summary>
    protected void Refresh()
    {
        lock (_lock)
        {
            Volatile.Write(ref _bytes, null);
        }
    }

    /// <summary>Writes the invented members.</summary>
    protected abstract void Write(MemberWriter members);

    /// <summary>Told of every change, for what the server keeps beside the members.</summary>
    protected virtual void OnChanged(string member, JsonElement value)
    {
    }

    private byte[] Render()
    {
        using var stream = new MemoryStream(2560);
        using (var json = new Utf8JsonWriter(stream, Writing))
        {
            json.WriteStartObject();
            var members = new MemberWriter(json, _changes);
            Write(members);
            members.WriteNew();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
