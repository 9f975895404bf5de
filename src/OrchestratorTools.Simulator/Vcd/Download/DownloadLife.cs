using System.Security.Cryptography;
using System.Text;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What enabling a download does: a task that makes the package ready, and addresses at its end.</summary>
internal static class DownloadLife
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(0.5);

    /// <summary>Begins to make the package ready. Called with the world's gate held.</summary>
    public static VcdTask Begin(VcdWorld world, IDownloadable entity, Account user, string what)
    {
        var reference = entity.Reference;
        var task = world.Tasks.Begin(entity, "vdcEnableDownload", $"Enabling download of {what} {reference.Name}({reference.Id})", user);
        var (package, machines) = (entity.Package, entity.MachineNames);
        var preparation = entity.Download is { } enabled ? Task.FromResult(enabled.Files) : Task.Run(() => PrepareAsync(entity, package, machines));
        world.Schedule.After(world.Settings.EnableDownloadTime, Check);
        return task;

        void Check()
        {
            if (!task.IsActive) return;

            // A large package with a manifest takes its time in earnest: all of it is read once.
            if (!preparation.IsCompleted)
            {
                world.Schedule.After(Again, Check);
                return;
            }

            if (preparation.Exception?.InnerException is { } e)
            {
                world.Tasks.End(task, TaskState.Error, new TaskFailure(500, "INTERNAL_SERVER_ERROR", $"The package cannot be read: {e.Message}"));
                return;
            }

            if (entity.Download is null) world.Downloads.Open(entity, preparation.Result);
            else entity.Download.LastActivity = world.Schedule.Now;
            world.Tasks.End(task, TaskState.Success);
        }
    }

    private static async Task<IReadOnlyDictionary<string, FileContent>> PrepareAsync(IDownloadable entity, Package package, IReadOnlyList<string> machines)
    {
        var files = new Dictionary<string, FileContent>(StringComparer.Ordinal);
        foreach (var file in package.Files) files[file.Name] = file.Content;
        if (entity is Media) return files;
        await AddAsync(Download.Descriptor, Download.Ova, withIdentity: false);
        await AddAsync(Download.DescriptorWithIdentity, Download.OvaWithIdentity, withIdentity: true);
        return files;

        async Task AddAsync(string descriptorName, string ovaName, bool withIdentity)
        {
            var descriptor = DescriptorWriter.Write(package, entity.Reference.Name, machines, withIdentity);
            var members = new List<(string, FileContent)> { (descriptorName, new SmallContent(descriptor)) };
            if (package.Manifest is { } algorithm) members.Add((Path.ChangeExtension(descriptorName, ".mf"), new SmallContent(await ManifestAsync(package, algorithm, descriptorName, descriptor))));
            foreach (var (name, content) in members) files[name] = content;
            members.AddRange(package.Files.Select(f => (f.Name, f.Content)));
            files[ovaName] = Tar.Of(members, entity.Created);
        }
    }

    private static async Task<byte[]> ManifestAsync(Package package, HashAlgorithmName algorithm, string descriptorName, byte[] descriptor)
    {
        var text = new StringBuilder();
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(descriptor);
        Add(descriptorName, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant());
        foreach (var file in package.Files) Add(file.Name, await file.DigestAsync(algorithm));
        return Encoding.UTF8.GetBytes(text.ToString());

        void Add(string name, string digest) => text.Append(algorithm.Name).Append('(').Append(name).Append(")= ").Append(digest).Append('\n');
    }
}
