using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>All transfers, those that are over included: the command <c>transfers</c> shows what came.</summary>
internal sealed class TransferStore(SimulatorOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Transfer> _all = new();
    private readonly ConcurrentQueue<Transfer> _inOrder = new();
    private readonly List<Transfer> _open = [];

    public Transfer? Find(Guid id) => _all.GetValueOrDefault(id);

    /// <summary>Opens a transfer. Its files are added by <see cref="NewFile"/>.</summary>
    public Transfer Open(StoredEntity entity, Uri? source = null)
    {
        var transfer = new Transfer(entity, clock.GetUtcNow()) { Source = source };
        _all[transfer.Id] = transfer;
        _inOrder.Enqueue(transfer);
        _open.Add(transfer);
        return transfer;
    }

    /// <summary>A file of a transfer. Nothing of it is held but what <paramref name="keepsBytes"/> says.</summary>
    public TransferFile NewFile(Transfer transfer, string name, long size, bool keepsBytes = false, long partSize = 0)
    {
        string? path = null;
        if (options.KeepContent is { } folder)
        {
            Directory.CreateDirectory(folder);
            path = Path.Combine(folder, $"{transfer.Id}-{transfer.FileCount}.bin");
        }

        transfer.FileCount++;
        var isCompared = !keepsBytes && !options.NoHash && transfer.Entity is Template { ManifestRequired: true };
        return new TransferFile(name, size, !options.NoHash, path)
        {
            KeepsBytes = keepsBytes,
            PartSize = partSize,
            WantedDigests = isCompared ? () => transfer.Manifest?.Used ?? OvfManifest.Algorithms : null,
        };
    }

    /// <summary>Open transfers that no byte came to for too long. Those that are over are forgotten here.</summary>
    public IReadOnlyList<Transfer> TakeTimedOut(TimeSpan timeout)
    {
        if (_open.Count == 0) return [];
        _open.RemoveAll(t => t.IsOver);
        var now = clock.GetUtcNow();
        return _open.FindAll(t => now - t.LastActivity > timeout);
    }

    /// <summary>The answer to the command <c>transfers</c>: one entry a file.</summary>
    public JsonArray ToJson()
    {
        var list = new JsonArray();
        foreach (var transfer in _inOrder)
        {
            foreach (var file in transfer.Files)
            {
                list.Add((JsonNode)new JsonObject
                {
                    ["id"] = transfer.Id.ToString(),
                    ["name"] = transfer.Entity.Name,
                    ["kind"] = transfer.Entity is Media ? "media" : "template",
                    ["file"] = file.Name,
                    ["size"] = file.Size,
                    ["stored"] = file.Stored,
                    ["sha256"] = file.Sha256,
                    ["complete"] = file.IsComplete,
                });
            }
        }

        return list;
    }
}
