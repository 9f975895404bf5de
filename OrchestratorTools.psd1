@{
    RootModule             = 'OrchestratorTools.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f1f0b4e-5a55-4c1c-9f0e-3d0c2a8e7b51'
    Author                 = 'The OrchestratorTools authors'
    CompanyName            = 'The OrchestratorTools authors'
    Copyright              = '(c) The OrchestratorTools authors. MIT licence.'
    Description            = 'VeloCloud SD-WAN Orchestrator, VMware vCloud Director and Veeam Recovery Orchestrator from PowerShell: connections that renew themselves, transfers that resume, changes that are never sent twice.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    FormatsToProcess       = @('Orchestrator.Format.ps1xml', 'VeloCloud.Format.ps1xml', 'Vcd.Format.ps1xml', 'Vro.Format.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        # Connections
        'Get-OrchestratorConnection'
        'Select-OrchestratorConnection'
        'Test-OrchestratorConnection'

        # The simulator
        'Add-OrchestratorSimulatorFault'
        'Clear-OrchestratorSimulatorFault'
        'Get-OrchestratorSimulatorRequest'
        'Start-OrchestratorSimulator'
        'Stop-OrchestratorSimulator'

        # VeloCloud SD-WAN Orchestrator
        'Connect-VeloCloud'
        'Disconnect-VeloCloud'
        'Get-VeloCloudEdge'
        'Get-VeloCloudEnterprise'
        'Invoke-VeloCloudMethod'

        # vCloud Director
        'Add-VcdCatalogItem'
        'Connect-Vcd'
        'Copy-VcdCatalogItem'
        'Disconnect-Vcd'
        'Get-VcdAccess'
        'Get-VcdCatalog'
        'Get-VcdCatalogItem'
        'Get-VcdDisk'
        'Get-VcdEdgeGateway'
        'Get-VcdGroup'
        'Get-VcdMedia'
        'Get-VcdMetadata'
        'Get-VcdNetwork'
        'Get-VcdOrg'
        'Get-VcdOwner'
        'Get-VcdRole'
        'Get-VcdStorageProfile'
        'Get-VcdTask'
        'Get-VcdTemplate'
        'Get-VcdTransfer'
        'Get-VcdUser'
        'Get-VcdVApp'
        'Get-VcdVdc'
        'Get-VcdVM'
        'Invoke-VcdRequest'
        'Move-VcdCatalogItem'
        'New-VcdCatalog'
        'Publish-VcdCatalog'
        'Register-VcdCatalogSubscription'
        'Remove-VcdCatalog'
        'Remove-VcdCatalogItem'
        'Remove-VcdMedia'
        'Remove-VcdMetadata'
        'Remove-VcdTemplate'
        'Resolve-VcdEntity'
        'Resume-VcdTransfer'
        'Search-Vcd'
        'Send-VcdMedia'
        'Send-VcdTemplate'
        'Set-VcdAccess'
        'Set-VcdCatalog'
        'Set-VcdMetadata'
        'Set-VcdOwner'
        'Stop-VcdTask'
        'Stop-VcdTransfer'
        'Sync-VcdCatalog'
        'Unpublish-VcdCatalog'
        'Wait-VcdTask'

        # Veeam Recovery Orchestrator
        'Clear-VroPlanChangeLog'
        'Complete-VroPlanFailback'
        'Connect-Vro'
        'Copy-VroPlan'
        'Disable-VroPlan'
        'Disconnect-Vro'
        'Enable-VroPlan'
        'Get-VroPlan'
        'Get-VroPlanRuntime'
        'Initialize-VroPlanFailback'
        'Invoke-VroPlanFailback'
        'Invoke-VroPlanFailover'
        'Invoke-VroPlanPermanentFailover'
        'Invoke-VroPlanReadinessCheck'
        'Invoke-VroPlanRestore'
        'Invoke-VroRequest'
        'Remove-VroPlanSchedule'
        'Reset-VroPlan'
        'Resume-VroPlan'
        'Set-VroPlanSchedule'
        'Stop-VroPlan'
        'Switch-VroPlanToProduction'
        'Undo-VroPlan'
        'Wait-VroPlan'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('VeloCloud', 'SDWAN', 'SD-WAN', 'vCloud', 'vCloudDirector', 'VMware', 'Veeam', 'VRO', 'DisasterRecovery', 'Orchestrator', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/OrchestratorTools/OrchestratorTools/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/OrchestratorTools/OrchestratorTools'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
