using System.Globalization;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Writes what is chosen by -Name or -Id from short lists, of several connections.</summary>
internal static class VeloCloudListed
{
    /// <summary>Writes what is asked for, and an error for each name and id that no connection has.</summary>
    public static void Write<T>(
        OrchestratorCmdlet cmdlet,
        IReadOnlyList<VeloCloudSession> sessions,
        string[]? names,
        long[]? ids,
        string what,
        string command,
        Func<T, string> nameOf,
        Func<T, long> idOf,
        Func<VeloCloudSession, IReadOnlyList<T>> list,
        Action<object> target)
    {
        var wanted = new VeloCloudNames(names);
        var found = new HashSet<long>();
        var failed = false;
        foreach (var session in sessions)
        {
            target(session.ConnectionName);
            try
            {
                foreach (var item in list(session))
                {
                    if (ids is null ? wanted.Takes(nameOf(item)) : ids.Contains(idOf(item)))
                    {
                        found.Add(idOf(item));
                        cmdlet.WriteObject(item);
                    }
                }
            }
            catch (OrchestratorApiException e)
            {
                // The other connections may answer.
                failed = true;
                cmdlet.WriteError(ErrorRecords.From(e, session.ConnectionName));
            }
        }

        // Where a server did not answer, nobody knows what it has.
        if (failed)
        {
            return;
        }

        foreach (var missing in wanted.Missing())
        {
            cmdlet.WriteError(VeloCloudMessages.NotFound("Name", missing, what, $"{command} without a name lists those that the connection sees"));
        }

        foreach (var missing in ids?.Where(id => !found.Contains(id)) ?? [])
        {
            cmdlet.WriteError(VeloCloudMessages.NotFound("Id", missing.ToString(CultureInfo.InvariantCulture), what, $"{command} without an id lists those that the connection sees"));
        }
    }
}
