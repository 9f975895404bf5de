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
        'Get-VcdMetadata'
        'Get-VcdOrg'
        'Get-VcdOwner'
        'Get-VcdTask'
        'Get-VcdTransfer'
        'Invoke-VcdRequest'
        'Move-VcdCatalogItem'
        'New-VcdCatalog'
        'Publish-VcdCatalog'
        'Receive-VcdMedia'
        'Receive-VcdTemplate'
        'Receive-VcdVApp'
        'Register-VcdCatalogSubscription'
        'Remove-VcdCatalog'
        'Remove-VcdCatalogItem'
        'Remove-VcdMedia'
        'Remove-VcdMetadata'
        'Remove-VcdTemplate'
        'Resume-VcdTransfer'
        'Send-VcdMedia'
        'Send-VcdTemplate'
        'Set-VcdAccess'
        'Set-VcdCatalog'
        'Set-VcdMetadata'
        'Set-VcdOwner'
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
        'Get-VroClient'
        'Get-VroLicenseUsage'
        'Get-VroPlan'
        'Get-VroPlanGroup'
        'Get-VroPlanRuntime'
        'Get-VroPlanStep'
        'Get-VroPlanStepParameter'
        'Get-VroPlanVM'
        'Get-VroRecoveryLocation'
        'Get-VroScope'
        'Initialize-VroPlanFailback'
        'Invoke-VroPlanFailback'
        'Invoke-VroPlanFailover'
        'Invoke-VroPlanPermanentFailover'
        'Invoke-VroPlanReadinessCheck'
        'Invoke-VroPlanRestore'
        'Invoke-VroRequest'
        'New-VroClient'
        'New-VroMfaSecret'
        'Remove-VroClient'
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
