#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Hello vCloud: from the log-in to a virtual machine that runs, and back to nothing.
.DESCRIPTION
    The simplified workflow of the vCloud API Programming Guide (chapter 2), step by step: log in; find organization, catalog, template, virtual data center and network; make a vApp of the template, connected and powered on; look at
    it; ask for a console ticket; undeploy and delete it; log out. What takes fifteen requests there is a line each here.

    One object comes out, with what was found and made. Whatever goes wrong on the way, the vApp that was made is removed and the session is closed. Without -Server a simulator is started, so that the script shows what it does with
    nothing at hand.
.EXAMPLE
    pwsh ./examples/Hello-VCloud.ps1
.EXAMPLE
    ./Hello-VCloud.ps1 -Server cloud.example.com -Organization acme -Credential alice -Template 'Ubuntu 24.04' -Network dmz -Verbose
#>
[CmdletBinding()]
param(
    # The server. Without it: a simulator.
    [string] $Server,

    # The organization to log in to.
    [string] $Organization,

    # The user of that organization.
    [Management.Automation.Credential()]
    [pscredential] $Credential = [pscredential]::Empty,

    # The template; of several that match, the first one is taken. Without it: any of the organization's.
    [SupportsWildcards()]
    [string] $Template = '*',

    # The network that the virtual machines are connected to. Without it: the first one of the virtual data center.
    [string] $Network,

    # What the vApp is called.
    [string] $Name = "hello-vcloud-$([guid]::NewGuid().ToString('N').Substring(0, 8))",

    # Accepts the licence of the template, where it has one.
    [switch] $AcceptEula,

    # More for Connect-Vcd, such as @{ ServerCertificateThumbprint = '…' }.
    [hashtable] $ConnectionOption = @{},

    # The module; default: the one that was built beside this script, else the installed one.
    [string] $Module
)

$ErrorActionPreference = 'Stop'
if (-not $Module) {
    $built = Join-Path $PSScriptRoot '..' 'out' 'OrchestratorTools' 'OrchestratorTools.psd1'
    $Module = if (Test-Path $built) { $built } else { 'OrchestratorTools' }
}
if (-not (Get-Module OrchestratorTools)) {
    Import-Module $Module
}

$simulator = $null
if (-not $Server) {
    $simulator = Start-OrchestratorSimulator -Speed 10
    ($Server, $Organization, $Credential) = ($simulator.Vcd.Server, $simulator.Vcd.Organization, $simulator.Vcd.Credential)
    $ConnectionOption = @{ ServerCertificateThumbprint = $simulator.Vcd.CertificateThumbprint; NoProxy = $true }
    if ($Template -eq '*') {
        $Template = 'debian*'
    }
}

$connection = "hello-$([guid]::NewGuid())"
$vapp = $null
try {
    # Log in.
    $session = Connect-Vcd $Server -Organization $Organization -Credential $Credential -Name $connection -NotDefault @ConnectionOption
    Write-Verbose "API $($session.ApiVersion) of $Server, as $($session.User)"

    # Find the organization, its catalogs, and a template in them.
    $org = Get-VcdOrg $Organization -Connection $connection
    $catalogs = @($org | Get-VcdCatalog)
    $source = Get-VcdTemplate $Template -Connection $connection | Where-Object { $_.Status -eq 'RESOLVED' -and $_.Catalog -in $catalogs.Name } | Select-Object -First 1
    if (-not $source) {
        throw "None of the catalogs of organization '$Organization' has a template '$Template' that can be used."
    }

    # Find the virtual data center, and a network of it.
    $vdcs = @($org | Get-VcdVdc)
    $vdc = @($vdcs | Where-Object Name -EQ $source.Vdc) + $vdcs | Select-Object -First 1
    if (-not $Network) {
        $Network = ($vdc | Get-VcdNetwork | Select-Object -First 1).Name
    }

    # Make a vApp of the template, connect it, deploy it, power it on; if that fails, leave nothing behind.
    $vapp = $source | New-VcdVApp -Name $Name -Vdc $vdc -Network $Network -PowerOn -AcceptEula:$AcceptEula -RemoveOnFailure
    Write-Verbose "vApp '$($vapp.Name)' is $($vapp.Status)"

    # Look at it.
    $machines = @($vapp | Get-VcdVM)

    # Ask for a ticket to the console of its first machine. It opens the console to whoever has it, and is shown nowhere.
    $ticket = $machines[0] | Get-VcdConsoleTicket

    [pscustomobject]@{
        Organization = $org.Name
        Catalog      = $source.Catalog
        Template     = $source.Name
        Vdc          = $vdc.Name
        Network      = $Network
        VApp         = $vapp.Name
        Status       = $vapp.Status
        VM           = $machines.Name
        IPAddress    = $machines.IPAddress
        HasConsole   = $ticket.Ticket -is [securestring] -and $ticket.Ticket.Length -gt 0
    }
}
finally {
    try {
        if ($vapp) {
            # Undeploy it, which powers it off, and delete it.
            $vapp | Stop-VcdVApp -Wait | Remove-VcdVApp -Wait -Confirm:$false | Out-Null
        }
    }
    finally {
        # Log out.
        if (Get-OrchestratorConnection $connection -ErrorAction Ignore) {
            Disconnect-Vcd $connection
        }
        if ($simulator) {
            Stop-OrchestratorSimulator $simulator
        }
    }
}
