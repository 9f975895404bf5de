using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The commands of the control address that only this system knows (docs/simulator.md).</summary>
internal static class VcdCommands
{
    /// <summary>Runs a command; null: there is none of this name.</summary>
    public static async Task<JsonNode?> RunAsync(VcdWorld world, string command, JsonElement arguments)
    {
        IDownloadable? wanted = null;
        lock (world.Gate)
        {
            world.Settle();
            switch (command)
            {
                case "transfers":
                    return world.Transfers.ToJson();
                case "downloads":
                    return world.Downloads.ToJson();
                case "settings":
                    return (world.Settings = world.Settings.With(arguments)).ToJson();
                case "task":
                    return TaskCommands.Make(world, arguments);
                case "nextTask":
                    return TaskCommands.Plan(world, arguments);
                case "machine":
                    return ComputeCommands.ChangeMachine(world, arguments);
                case "vdc":
                    return ComputeCommands.ChangeVdc(world, arguments);
                case "item":
                    return AddItem(world, arguments);
                case "content":
                    wanted = Find(world, arguments);
                    break;
                default:
                    return null;
            }
        }

        return await ContentAsync(wanted);
    }

    /// <summary>What a download of an entity gives, file by file, with checksums. All of it is read: forty gigabytes take a minute.</summary>
    private static async Task<JsonArray> ContentAsync(IDownloadable entity)
    {
        var list = new JsonArray();
        foreach (var file in entity.Package.Files)
        {
            list.Add((JsonNode)new JsonObject
            {
                ["name"] = entity.Reference.Name,
                ["kind"] = Download.KindOf(entity),
                ["file"] = file.Name,
                ["size"] = file.Content.Size,
                ["sha256"] = await file.DigestAsync(HashAlgorithmName.SHA256),
                ["source"] = file.Content is SpooledContent ? "upload" : "seed",
            });
        }

        return list;
    }

    private static IDownloadable Find(VcdWorld world, JsonElement arguments)
    {
        Check(arguments, "content", "name", "kind");
        var name = arguments.Text("name") ?? throw new ArgumentException("content needs a name.");
        var kind = arguments.Text("kind");
        return world.Inventory.Downloadable.Where(e => string.Equals(e.Reference.Name, name, StringComparison.Ordinal) && (kind is null || string.Equals(Download.KindOf(e), kind, StringComparison.Ordinal))).MaxBy(e => e.Created)
            ?? throw new ArgumentException($"There is no {kind ?? "media file, template or vApp"} '{name}'.");
    }

    /// <summary>Puts a media file or a template of a given size into a catalog; its bytes are made from a seed.</summary>
    private static JsonObject AddItem(VcdWorld world, JsonElement arguments)
    {
        Check(arguments, "item", "name", "kind", "catalog", "organization", "size", "files", "manifest", "licence");
        var name = arguments.Text("name") ?? throw new ArgumentException("item needs a name.");
        var isMedia = arguments.Text("kind") switch
        {
            "media" => true,
            "template" => false,
            _ => throw new ArgumentException("The kind of an item is 'media' or 'template'."),
        };
        var org = world.Inventory.FindOrg(arguments.Text("organization") ?? "acme") ?? throw new ArgumentException("There is no such organization.");
        var catalogName = arguments.Text("catalog") ?? (isMedia ? "iso" : "templates");
        var catalog = world.Inventory.Catalogs.Values.FirstOrDefault(c => c.Org == org && string.Equals(c.Name, catalogName, StringComparison.Ordinal)) ?? throw new ArgumentException($"{org.Name} has no catalog '{catalogName}'.");
        if (catalog.Items.Values.Any(i => string.Equals(i.Name, name, Assumptions.NameComparison))) throw new ArgumentException($"The catalog '{catalogName}' has an item '{name}'.");
        var storage = world.Inventory.Vdcs.Values.Where(v => v.Org == org).OrderBy(v => v.Name, StringComparer.Ordinal).First().StorageProfiles[0];
        var now = world.Clock.GetUtcNow();
        var files = Files(arguments);
        var size = files?.Sum(f => f.Size) ?? arguments.Number("size", 1 << 20, 0, long.MaxValue);
        StoredEntity entity = isMedia
            ? new Media(Guid.NewGuid(), name, storage, catalog.Owner, now) { Status = EntityStatus.Resolved, Size = size }
            : new Template(Guid.NewGuid(), name, storage, catalog.Owner, now) { Status = EntityStatus.Ready, DescriptorUploaded = true, Machines = ["vm1"], Size = size, Licence = arguments.Text("licence") };
        if (!isMedia)
        {
            var manifest = Manifest(arguments);
            entity.Package = files is null ? Package.OfMachines(entity.Id, 1, size, manifest) : Package.OfFiles(entity.Id, files, manifest);
        }

        world.Inventory.Add(entity);
        var item = world.Inventory.AddItem(new CatalogItem(Guid.NewGuid(), name, catalog, entity, now));
        return new JsonObject { ["id"] = entity.Kind.UrnOf(entity.Id), ["catalogItem"] = item.Kind.UrnOf(item.Id), ["size"] = size };
    }

    private static List<(string Name, long Size)>? Files(JsonElement arguments)
    {
        if (!arguments.TryGetProperty("files", out var files) || files.ValueKind == JsonValueKind.Null) return null;
        if (files.ValueKind != JsonValueKind.Array) throw new ArgumentException("files is a list of objects with name and size.");
        return [.. files.EnumerateArray().Select(f =>
        {
            Check(f, "files", "name", "size");
            return (f.Text("name") ?? throw new ArgumentException("A file needs a name."), f.Number("size", 0, 0, long.MaxValue));
        })];
    }

    private static HashAlgorithmName? Manifest(JsonElement arguments)
        => arguments.Text("manifest") is not { } text ? null : OvfManifest.Algorithms.Cast<HashAlgorithmName?>().FirstOrDefault(a => string.Equals(a!.Value.Name, text, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException("manifest is SHA1, SHA256 or SHA512.");

    /// <exception cref="ArgumentException">It is no object, or has a member that it cannot have.</exception>
    public static void Check(JsonElement arguments, string owner, params string[] members)
    {
        if (arguments.ValueKind != JsonValueKind.Object) throw new ArgumentException($"{owner} takes an object.");
        foreach (var member in arguments.EnumerateObject())
        {
            if (!members.Contains(member.Name, StringComparer.Ordinal)) throw new ArgumentException($"{owner} has no member '{member.Name}'. It has: {string.Join(", ", members)}.");
        }
    }
}
