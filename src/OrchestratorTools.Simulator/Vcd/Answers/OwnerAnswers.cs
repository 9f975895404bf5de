using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Whom things belong to (guide, "View or Change the Owner of an Object").</summary>
internal static class OwnerAnswers
{
    private static readonly ApiVersion FirstWithTemplates = new("31.0");

    /// <summary>GET …/owner.</summary>
    public static VcdAnswer Get(VcdCall call, IOwned thing, Reference self)
    {
        var href = $"{call.Hrefs.Of(self)}/owner";
        return VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "Owner",
                new XAttribute("type", MediaTypes.Owner),
                new XAttribute("href", href),
                Xml.Link("up", self.Kind.MediaType, call.Hrefs.Of(self)),
                MayChange(call, thing) ? Xml.Link("edit", MediaTypes.Owner, href) : null,
                call.Hrefs.Reference("User", thing.Owner.Reference)),
            MediaTypes.Owner);
    }

    /// <summary>PUT …/owner: at once.</summary>
    public static VcdAnswer Put(VcdCall call, IOwned thing)
    {
        if (thing is Template && call.Version! < FirstWithTemplates) throw VcdException.AbsentOperation();
        if (!MayChange(call, thing)) throw VcdException.Forbidden();
        Busy.Require(thing);
        var body = BodyShape.Owner.Read(call, MediaTypes.Owner);
        var href = (string?)body.Element(Xml.Namespace + "User")?.Attribute("href") ?? throw VcdException.BadRequest("validation error on field 'User': the element must be present in Owner, with an href.");
        if (EntityLookup.ByHref(call, href) is not Account user || (user.Org != thing.Org && !user.Org.IsSystem)) throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The new owner {href} is no user of the organization.");
        thing.Owner = user;
        return VcdAnswer.NoContent;
    }

    /// <summary>Media have no PUT …/owner in any version, templates from 31.0 on.</summary>
    private static bool MayChange(VcdCall call, IOwned thing) => thing switch
    {
        Media => false,
        Template template => call.Version! >= FirstWithTemplates && call.Sees.MayChange(template),
        Catalog catalog => call.Sees.MayControl(catalog),
        VApp vApp => call.Sees.MayControl(vApp),
        VdcEntity entity => call.Sees.MayChange(entity),
        _ => false,
    };
}
