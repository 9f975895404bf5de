using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>A virtual machine as servers write one: sections of two namespaces under mixed prefixes, links in all of them, and parts that this module does not know.</summary>
internal static class VcdMachineXml
{
    public const string Path = "/api/vApp/vm-00000000-0000-4000-8000-0000000000a1";
    public const string VAppPath = "/api/vApp/vapp-00000000-0000-4000-8000-0000000000b1";
    public const string Disks = "/x/virtualHardwareSection/disks";

    private const string Prefixes =
        "xmlns=\"http://www.vmware.com/vcloud/v1.5\" xmlns:ns12=\"http://www.vmware.com/vcloud/v1.5\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:vmw=\"http://www.vmware.com/schema/ovf\" "
        + "xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\" xmlns:vssd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData\"";

    /// <summary>The disks, controllers and the drive, as items of an element's name.</summary>
    public static string DiskItems(string item) => $"""
        <{item}><rasd:Address>0</rasd:Address><rasd:Description>SCSI Controller</rasd:Description><rasd:ElementName>SCSI Controller 0</rasd:ElementName><rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceSubType>lsilogicsas</rasd:ResourceSubType><rasd:ResourceType>6</rasd:ResourceType></{item}>
        <{item}><rasd:AddressOnParent>0</rasd:AddressOnParent><rasd:Description>Hard disk</rasd:Description><rasd:ElementName>Hard disk 1</rasd:ElementName><rasd:HostResource ns12:capacity="8192" ns12:busSubType="lsilogicsas" ns12:busType="6"/><rasd:InstanceID>2000</rasd:InstanceID><rasd:Parent>2</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType><rasd:VirtualQuantity>8589934592</rasd:VirtualQuantity><rasd:VirtualQuantityUnits>byte</rasd:VirtualQuantityUnits></{item}>
        <{item}><rasd:AddressOnParent>1</rasd:AddressOnParent><rasd:Description>Hard disk</rasd:Description><rasd:ElementName>Hard disk 2</rasd:ElementName><rasd:HostResource ns12:capacity="1024" ns12:busSubType="lsilogicsas" ns12:busType="6" ns12:disk="HOST/api/disk/00000000-0000-4000-8000-0000000000d1"/><rasd:InstanceID>2001</rasd:InstanceID><rasd:Parent>2</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></{item}>
        <{item}><rasd:Address>0</rasd:Address><rasd:Description>IDE Controller</rasd:Description><rasd:ElementName>IDE Controller 0</rasd:ElementName><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceType>5</rasd:ResourceType></{item}>
        """;

    /// <summary>The list of disks.</summary>
    public static string DiskList => $"<RasdItemsList {Prefixes} href=\"HOST{Disks}\" type=\"application/vnd.vmware.vcloud.rasdItemsList+xml\"><Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.rasdItemsList+xml\" href=\"HOST{Disks}\"/>{DiskItems("Item")}</RasdItemsList>";

    /// <summary>The machine; cores, hot adding and the link to change several things at once can be left out, as older servers do.</summary>
    public static string Machine(bool several = true, bool cores = true, bool capabilities = true, bool links = true, int status = 8, string script = "echo 1")
    {
        string Edit(string type, string path) => links ? $"<Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.{type}+xml\" href=\"HOST{path}\"/>" : string.Empty;
        return $"""
            <Vm {Prefixes} needsCustomization="false" deployed="false" status="{status}" name="web &amp; 1" id="urn:vcloud:vm:00000000-0000-4000-8000-0000000000a1" type="application/vnd.vmware.vcloud.vm+xml" href="HOST{Path}">
              {Edit("vm", "/x/vm")}
              {(several ? "<Link rel=\"reconfigureVm\" type=\"application/vnd.vmware.vcloud.vm+xml\" name=\"web &amp; 1\" href=\"HOST/x/reconfigure\"/>" : string.Empty)}
              <Link rel="down" type="application/vnd.vmware.vcloud.productSections+xml" href="HOST/x/products"/>
              <Link rel="up" type="application/vnd.vmware.vcloud.vApp+xml" href="HOST{VAppPath}"/>
              <Description>Old &lt;text&gt;</Description>
              <ovf:VirtualHardwareSection ovf:transport="" ns12:href="HOST/x/hardware" ns12:type="application/vnd.vmware.vcloud.virtualHardwareSection+xml">
                <ovf:Info>Virtual hardware requirements</ovf:Info>
                <ovf:System><vssd:ElementName>Virtual Hardware Family</vssd:ElementName><vssd:InstanceID>0</vssd:InstanceID><vssd:VirtualSystemIdentifier>web</vssd:VirtualSystemIdentifier><vssd:VirtualSystemType>vmx-09</vssd:VirtualSystemType></ovf:System>
                <ovf:Item><rasd:Address>00:50:56:0a:02:13</rasd:Address><rasd:AddressOnParent>0</rasd:AddressOnParent><rasd:AutomaticAllocation>true</rasd:AutomaticAllocation><rasd:Connection ns12:ipAddress="10.0.0.4" ns12:primaryNetworkConnection="true" ns12:ipAddressingMode="POOL">net</rasd:Connection><rasd:Description>E1000 ethernet adapter</rasd:Description><rasd:ElementName>Network adapter 0</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceSubType>E1000</rasd:ResourceSubType><rasd:ResourceType>10</rasd:ResourceType></ovf:Item>
                {DiskItems("ovf:Item")}
                <ovf:Item><rasd:AddressOnParent>0</rasd:AddressOnParent><rasd:AutomaticAllocation>false</rasd:AutomaticAllocation><rasd:Description>Something new</rasd:Description><rasd:ElementName>Device 1</rasd:ElementName><rasd:InstanceID>9000</rasd:InstanceID><rasd:ResourceType>35</rasd:ResourceType></ovf:Item>
                <ovf:Item ns12:href="HOST/x/cpu" ns12:type="application/vnd.vmware.vcloud.rasdItem+xml"><rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits><rasd:Description>Number of Virtual CPUs</rasd:Description><rasd:ElementName>2 virtual CPU(s)</rasd:ElementName><rasd:InstanceID>4</rasd:InstanceID><rasd:Reservation>0</rasd:Reservation><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>2</rasd:VirtualQuantity><rasd:Weight>0</rasd:Weight>{(cores ? "<vmw:CoresPerSocket ovf:required=\"false\">1</vmw:CoresPerSocket>" : string.Empty)}{Edit("rasdItem", "/x/cpu")}</ovf:Item>
                <ovf:Item ns12:href="HOST/x/memory" ns12:type="application/vnd.vmware.vcloud.rasdItem+xml"><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:Description>Memory Size</rasd:Description><rasd:ElementName>1024 MB of memory</rasd:ElementName><rasd:InstanceID>5</rasd:InstanceID><rasd:Reservation>0</rasd:Reservation><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>1024</rasd:VirtualQuantity><rasd:Weight>0</rasd:Weight>{Edit("rasdItem", "/x/memory")}</ovf:Item>
                {Edit("virtualHardwareSection", "/x/hardware")}
                {Edit("rasdItemsList", "/x/virtualHardwareSection/networkCards")}
                {Edit("rasdItemsList", Disks)}
                {Edit("rasdItemsList", "/x/virtualHardwareSection/serialPorts")}
              </ovf:VirtualHardwareSection>
              <NetworkConnectionSection type="application/vnd.vmware.vcloud.networkConnectionSection+xml" href="HOST/x/connections" ovf:required="false">
                <ovf:Info>Specifies the available VM network connections</ovf:Info>
                <PrimaryNetworkConnectionIndex>0</PrimaryNetworkConnectionIndex>
                <NetworkConnection network="net" needsCustomization="false"><NetworkConnectionIndex>0</NetworkConnectionIndex><IpAddress>10.0.0.4</IpAddress><IsConnected>true</IsConnected><MACAddress>00:50:56:0a:02:13</MACAddress><IpAddressAllocationMode>POOL</IpAddressAllocationMode></NetworkConnection>
                <NetworkConnection network="none" needsCustomization="false"><NetworkConnectionIndex>2</NetworkConnectionIndex><IsConnected>false</IsConnected><MACAddress>00:50:56:0a:02:14</MACAddress><IpAddressAllocationMode>NONE</IpAddressAllocationMode></NetworkConnection>
                {Edit("networkConnectionSection", "/x/connections")}
              </NetworkConnectionSection>
              <GuestCustomizationSection type="application/vnd.vmware.vcloud.guestCustomizationSection+xml" href="HOST/x/customization" ovf:required="false">
                <ovf:Info>Specifies Guest OS Customization Settings</ovf:Info>
                <Enabled>true</Enabled><ChangeSid>false</ChangeSid><VirtualMachineId>a1</VirtualMachineId><JoinDomainEnabled>false</JoinDomainEnabled><UseOrgSettings>false</UseOrgSettings>
                <AdminPasswordEnabled>true</AdminPasswordEnabled><AdminPasswordAuto>true</AdminPasswordAuto><AdminPassword>made-up-9pq</AdminPassword><ResetPasswordRequired>false</ResetPasswordRequired>
                <CustomizationScript>{script}</CustomizationScript><ComputerName>web-1</ComputerName>
                {Edit("guestCustomizationSection", "/x/customization")}
              </GuestCustomizationSection>
              <VAppScopedLocalId>web</VAppScopedLocalId>
              {(capabilities ? $"<VmCapabilities type=\"application/vnd.vmware.vcloud.vmCapabilitiesSection+xml\" href=\"HOST/x/capabilities\">{Edit("vmCapabilitiesSection", "/x/capabilities")}<MemoryHotAddEnabled>false</MemoryHotAddEnabled><CpuHotAddEnabled>false</CpuHotAddEnabled></VmCapabilities><StorageProfile type=\"application/vnd.vmware.vcloud.vdcStorageProfile+xml\" name=\"gold\" href=\"HOST/api/vdcStorageProfile/00000000-0000-4000-8000-0000000000e1\"/>" : string.Empty)}
            </Vm>
            """;
    }

    /// <summary>The product sections.</summary>
    public static string Products(bool links = true) => $"""
        <ProductSectionList {Prefixes} type="application/vnd.vmware.vcloud.productSections+xml" href="HOST/x/products">
          {(links ? "<Link rel=\"edit\" type=\"application/vnd.vmware.vcloud.productSections+xml\" href=\"HOST/x/products\"/>" : string.Empty)}
          <ovf:ProductSection ovf:required="true">
            <ovf:Info>Installed software</ovf:Info><ovf:Product>Shop</ovf:Product><ovf:Version>1.1</ovf:Version>
            <ovf:Property ovf:userConfigurable="true" ovf:type="string" ovf:password="false" ovf:key="gateway"><ovf:Label>Gateway</ovf:Label><ovf:Value ovf:value="10.0.0.1"/></ovf:Property>
            <ovf:Property ovf:userConfigurable="true" ovf:type="uint16" ovf:key="port" ovf:value="80"/>
            <ovf:Property ovf:userConfigurable="true" ovf:type="password" ovf:key="admin"><ovf:Value ovf:value="old-secret-1"/></ovf:Property>
            <ovf:Property ovf:type="string" ovf:key="build" ovf:value="7"/>
          </ovf:ProductSection>
          <ovf:ProductSection ovf:class="site" ovf:instance="1"><ovf:Info>Site</ovf:Info><ovf:Property ovf:userConfigurable="true" ovf:type="string" ovf:key="region" ovf:value="a"/></ovf:ProductSection>
          <ovf:ProductSection ovf:class="site" ovf:instance="2"><ovf:Info>Site</ovf:Info><ovf:Property ovf:userConfigurable="true" ovf:type="string" ovf:key="region" ovf:value="b"/></ovf:ProductSection>
        </ProductSectionList>
        """;

    public static XElement Element(string xml) => XElement.Parse(xml.Replace("HOST", VcdFake.Host, StringComparison.Ordinal));

    public static XElement Section(string name, string? xml = null) => Element(xml ?? Machine()).Elements().Single(e => e.Name.LocalName == name);
}
