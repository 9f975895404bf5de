namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Builds the addresses in answers. They begin with the public address, or else with the host that the client dialled.</summary>
/// <param name="root">Scheme, host and port, without a slash at the end.</param>
internal sealed class Hrefs(string root)
{
    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Root => root;

    public string Api(string path) => $"{root}/api/{path}";

    public string Of(EntityKind kind, Guid id) => $"{root}/api/{kind.Path}/{kind.IdPrefix}{id}";

    public string Of(Entity entity) => Of(entity.Kind, entity.Id);

    public string Of(Reference reference) => Of(reference.Kind, reference.Id);

    public string LegacyLogin => Api("sessions");

    public string TenantLogin => $"{root}/cloudapi/1.0.0/sessions";

    public string ProviderLogin => $"{root}/cloudapi/1.0.0/sessions/provider";

    public string Schema => $"{root}/api/v1.5/schema/master.xsd";

    /// <summary>A transfer address. It carries the port even where the scheme implies it, as recorded ones do.</summary>
    public string Transfer(Guid transfer, string file)
    {
        var uri = new Uri(root);
        return $"{uri.Scheme}://{uri.Host}:{uri.Port}{uri.AbsolutePath.TrimEnd('/')}/transfer/{transfer}/{Uri.EscapeDataString(file)}";
    }
}
