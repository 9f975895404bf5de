# Switching vApps and virtual machines, what repairs them, maintenance mode, and snapshots.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 30; VMCount = 200 }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $null = Connect-Vcd $simulator.Vcd.Server -Organization System -Credential ($simulator.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault

    # What reached the server and changes something.
    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f]{8}-[0-9a-f-]{27}', 'ID')" })
    }

    # The errors of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        try {
            @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        }
        catch {
            $_
        }
    }

    # How long things take; $null: as it was.
    function Set-PowerTime {
        param($Seconds)
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ powerSeconds = $Seconds }
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'vApps' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are stopped by undeploying, and started again' {
        $stopped = Stop-VcdVApp vapp-0014 -Wait
        $stopped | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVApp
        $stopped.Status | Should -Be 'POWERED_OFF'
        $stopped.IsDeployed | Should -BeFalse
        $stopped.Vdc | Should -Be 'acme-vdc'
        $stopped.VMs.IsDeployed | Sort-Object -Unique | Should -Be $false
        $started = $stopped | Start-VcdVApp -Wait
        $started.Status | Should -Be 'POWERED_ON'
        $started.VMs.Status | Sort-Object -Unique | Should -Be 'POWERED_ON'
        Get-Change | Should -Be 'POST /api/vApp/vapp-ID/action/undeploy', 'POST /api/vApp/vapp-ID/power/action/powerOn'
    }

    It 'go through <Steps>' -ForEach @(
        @{ Steps = 'suspend and resume'; Script = { Suspend-VcdVApp vapp-0020 -Wait; Resume-VcdVApp vapp-0020 -Wait }; States = 'SUSPENDED True', 'POWERED_ON True' }
        @{ Steps = 'suspend with undeploy, and start'; Script = { Suspend-VcdVApp vapp-0020 -Undeploy -Wait; Start-VcdVApp vapp-0020 -Wait }; States = 'SUSPENDED False', 'POWERED_ON True' }
        @{ Steps = 'suspend and discard'; Script = { Suspend-VcdVApp vapp-0020 -Wait; Resume-VcdVApp vapp-0020 -Discard -Wait -Confirm:$false; Start-VcdVApp vapp-0020 -Wait }; States = 'SUSPENDED True', 'POWERED_OFF True', 'POWERED_ON True' }
        @{ Steps = 'restart and reset'; Script = { Restart-VcdVApp vapp-0020 -Wait; Reset-VcdVApp vapp-0020 -Wait }; States = 'POWERED_ON True', 'POWERED_ON True' }
        @{ Steps = 'guest shutdown and deployment without power'; Script = { Stop-VcdVApp vapp-0020 -Guest -Wait; Start-VcdVApp vapp-0020 -DeployOnly -Wait }; States = 'POWERED_OFF False', 'POWERED_OFF True' }
        @{ Steps = 'stop in order and start with customization'; Script = { Stop-VcdVApp vapp-0020 -UseStartupOrder -Wait; Start-VcdVApp vapp-0020 -ForceCustomization -Wait }; States = 'POWERED_OFF False', 'POWERED_ON True' }
    ) {
        $null = Get-VcdVM -VApp vapp-0020 | ForEach-Object { Invoke-SimulatorCommand $simulator systems/vcd/machine @{ name = $_.Name; vApp = 'vapp-0020'; organization = 'acme'; tools = $true } }
        @(& $Script | ForEach-Object { "$($_.Status) $($_.IsDeployed)" }) | Should -Be $States
    }

    It 'that are as they are to be are left alone: <Name>' -ForEach @(
        @{ Name = 'Start-VcdVApp'; Script = { param($More) Start-VcdVApp vapp-0022 @More }; Said = "*Nothing to do for vApp 'vapp-0022': it is powered on already. Nothing was sent.*" }
        @{ Name = 'Stop-VcdVApp'; Script = { param($More) Stop-VcdVApp vapp-0017 @More }; Said = "*Nothing to do for vApp 'vapp-0017': it is off and not deployed. Nothing was sent.*" }
        @{ Name = 'Resume-VcdVApp'; Script = { param($More) Resume-VcdVApp vapp-0022 @More }; Said = '*Nothing to do*' }
        @{ Name = 'Start-VcdVM'; Script = { param($More) Start-VcdVM web-01 @More }; Said = "*Nothing to do for virtual machine 'web-01'*" }
        @{ Name = 'Stop-VcdVM'; Script = { param($More) Get-VcdVM -VApp vapp-0017 | Select-Object -First 1 | Stop-VcdVM -Guest @More }; Said = '*Nothing to do*' }
        @{ Name = 'Disable-VcdMaintenance'; Script = { param($More) Disable-VcdMaintenance vapp-0022 @More }; Said = '*it is not in maintenance mode*' }
    ) {
        # Without -Wait what comes out are tasks: there is none.
        & $Script @{} | Should -BeNullOrEmpty
        $out = @(& $Script @{ Wait = $true; Verbose = $true } 4>&1)
        "$($out | Where-Object { $_ -is [Management.Automation.VerboseRecord] })" | Should -BeLike $Said
        @($out | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Status | Should -Match '^POWERED_O'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are switched many at once; one that fails does not stop the rest' {
        $failed = $null
        $done = @(Get-VcdVApp vapp-* | Stop-VcdVApp -Wait -ErrorVariable failed -ErrorAction SilentlyContinue)
        $done.Count | Should -BeGreaterThan 15
        $done.IsDeployed | Sort-Object -Unique | Should -Be $false
        @($failed).TargetObject.Name | Sort-Object | Should -Be 'vapp-0012', 'vapp-0025', 'vapp-0038'
        @($failed).FullyQualifiedErrorId | Sort-Object -Unique | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.StopVcdVAppCommand'
        "$($failed[0])" | Should -BeLike "*vApp 'vapp-0012' (FAILED_CREATION): the server offers no 'undeploy'; it offers remove. Nothing was sent.*creation failed*"
        @(Get-VcdVApp vapp-* | Where-Object IsDeployed) | Should -BeNullOrEmpty
    }

    It 'are followed up to <Limit> at once' -ForEach @(@{ Limit = 8; Option = @{} }, @{ Limit = 2; Option = @{ ThrottleLimit = 2 } }) {
        $vapps = @(Get-VcdVApp vapp-001*, vapp-002*, vapp-003*, vapp-0041 | Where-Object { $_.Status -notin 'FAILED_CREATION', 'RESOLVED' } | Select-Object -First 10)
        $vapps.Count | Should -Be 10
        $null = $vapps | Stop-VcdVApp -Wait
        Set-PowerTime 12
        try {
            Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
            @($vapps | Start-VcdVApp -DeployOnly -Wait @Option).Count | Should -Be 10
        }
        finally {
            Set-PowerTime $null
        }
        $log = @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Path -Like '/api/vApp/*')
        # A vApp is read again when its task has ended.
        $again = $log | Where-Object Method -EQ GET | Group-Object Path | ForEach-Object { ($_.Group | Sort-Object Id)[1].Id } | Sort-Object
        @($log | Where-Object { $_.Method -eq 'POST' -and $_.Id -lt $again[0] }).Count | Should -Be $Limit
    }

    It 'show a bar each, five at the most, below one for all' {
        $ended = Complete-AtHost (Start-AtHost 'Get-VcdVApp vapp-001*, vapp-002* -Connection cloud | Stop-VcdVApp -Wait -ErrorAction SilentlyContinue')
        $bars = @($ended.Progress)
        $bars | Where-Object Activity -EQ 'Tasks' | Should -Not -BeNullOrEmpty
        @($bars.ActivityId | Sort-Object -Unique).Count | Should -BeLessOrEqual 6
    }

    It 'that are busy are an error that says so' {
        $null = Start-VcdVApp vapp-0030 -Wait
        Set-PowerTime 600
        try {
            $task = Restart-VcdVApp vapp-0030
            $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
            $failed = @(Get-Failure { Stop-VcdVApp vapp-0030 -Wait; Get-VcdVM -VApp vapp-0030 | Reset-VcdVM -Wait })
            $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.StopVcdVAppCommand', 'Vcd.WrongState,OrchestratorTools.Vcd.ResetVcdVMCommand'
            "$($failed[0])" | Should -BeLike '*busy*Get-VcdTask*'
            @(Get-Change).Count | Should -Be 4
            $null = $task | Stop-VcdTask -Confirm:$false
        }
        finally {
            Set-PowerTime $null
        }
    }

    It 'that end in an error say the server''s words' {
        $null = Invoke-SimulatorCommand $simulator systems/vcd/nextTask @{ operationName = 'vappRebootGuest'; state = 'error'; error = @{ majorErrorCode = 500; minorErrorCode = 'HOST_GONE'; message = 'The host is gone.' } }
        $failed = Get-Failure { Restart-VcdVApp vapp-0030 -Wait }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.RestartVcdVAppCommand'
        "$failed" | Should -BeLike '*The host is gone*'
    }

    It 'of names that there are not are errors, and sent nothing' {
        (Get-Failure { Start-VcdVApp 'no such' }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.StartVcdVAppCommand'
        (Get-Failure { Start-VcdVApp 'no such*' }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.StartVcdVAppCommand'
        (Get-Failure { Get-VcdTemplate debian-12-base | Get-VcdVM | Start-VcdVM }).FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.StartVcdVMCommand'
        (Get-Failure { Start-VcdVApp web -DeployOnly -ForceCustomization }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        (Get-Failure { Stop-VcdVApp web -Guest -UseStartupOrder }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Virtual machines' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'go through their states' {
        $states = @(
            Stop-VcdVM web-01 -VApp web -Wait
            Start-VcdVM web-01 -DeployOnly -Wait
            Start-VcdVM web-01 -Wait
            Suspend-VcdVM web-01 -Wait
            Resume-VcdVM web-01 -Wait
            Restart-VcdVM web-01 -Wait
            Reset-VcdVM web-01 -Wait
            Suspend-VcdVM web-01 -Undeploy -Wait
            Resume-VcdVM web-01 -Discard -Confirm:$false -Wait
            Start-VcdVM web-01 -ForceCustomization -Wait
        )
        $states | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVM
        @($states | ForEach-Object { "$($_.Status) $($_.IsDeployed)" }) | Should -Be 'POWERED_OFF False', 'POWERED_OFF True', 'POWERED_ON True', 'SUSPENDED True', 'POWERED_ON True', 'POWERED_ON True', 'POWERED_ON True', 'SUSPENDED False', 'POWERED_OFF False', 'POWERED_ON True'
        $states.VApp | Sort-Object -Unique | Should -Be 'web'
    }

    It 'come by wildcard and pipeline' {
        @(Get-VcdVM web-* | Restart-VcdVM).Count | Should -Be 2
        @(Get-VcdTask -Status queued, preRunning, running) | Wait-VcdTask | Out-Null
        (Reset-VcdVM web-* -Wait).Name | Sort-Object | Should -Be 'web-01', 'web-02'
        (Get-VcdVApp web | Get-VcdVM | Start-VcdVM -Wait).Status | Sort-Object -Unique | Should -Be 'POWERED_ON'
    }

    It 'of one vApp wait for each other where the server takes one at a time' {
        $null = Start-VcdVM web-* -Wait
        $machines = @(Get-VcdVM web-*)
        Set-PowerTime 30
        try {
            $body = '<Error xmlns="http://www.vmware.com/vcloud/v1.5" majorErrorCode="400" minorErrorCode="BUSY_ENTITY" message="The entity is busy completing an operation."/>'
            $path = ([uri]($machines | Where-Object Name -EQ web-02).Href).AbsolutePath
            Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Body $body -ContentType application/vnd.vmware.vcloud.error+xml -Method POST -Path "$path/*" -Count 1
            $out = @($machines | Reset-VcdVM -Wait -Verbose 4>&1)
        }
        finally {
            Set-PowerTime $null
        }
        @($out | Where-Object { $_ -is [OrchestratorTools.Clients.Vcd.VcdVM] }).Name | Sort-Object | Should -Be 'web-01', 'web-02'
        "$($out | Where-Object { $_ -is [Management.Automation.VerboseRecord] })" | Should -BeLike "*another virtual machine of the same vApp: virtual machine 'web-02' waits for task urn:vcloud:task:*tried again*"
        @(Get-Change | Where-Object { $_ -like '*/reset' }).Count | Should -Be 3
    }

    It 'that are off are consolidated and upgraded; that run get tools' {
        $null = Stop-VcdVM web-01 -Wait
        $before = (Get-VcdVM web-01 -Detailed).HardwareVersion
        (Merge-VcdVMDisk web-01 -Wait).Name | Should -Be 'web-01'
        (Update-VcdVMHardware web-01 -Wait -Confirm:$false).HardwareVersion | Should -BeGreaterThan $before
        $failed = Get-Failure { Update-VcdVMHardware web-01 -Confirm:$false; Install-VcdVMTool web-01 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.UpdateVcdVMHardwareCommand', 'Vcd.WrongState,OrchestratorTools.Vcd.InstallVcdVMToolCommand'
        "$($failed[1])" | Should -BeLike "*Installing VMware Tools is not possible for virtual machine 'web-01' (POWERED_OFF): *Start-VcdVM*"
        $null = Start-VcdVM web-01 -Wait
        $null = Invoke-SimulatorCommand $simulator systems/vcd/machine @{ name = 'web-01'; vApp = 'web'; organization = 'acme'; tools = $false }
        $failed = Get-Failure { Stop-VcdVM web-01 -Guest -Wait }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.StopVcdVMCommand'
        "$failed" | Should -BeLike '*VMware Tools*'
        (Install-VcdVMTool web-01 -Wait).Name | Should -Be 'web-01'
        (Stop-VcdVM web-01 -Guest -Wait).Status | Should -Be 'POWERED_OFF'
        (Get-Failure { Merge-VcdVMDisk web-02 }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.MergeVcdVMDiskCommand'
        $null = Start-VcdVM web-01 -Wait
    }
}

Describe 'Maintenance mode' {
    It 'is the provider''s to enter and to leave' {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $failed = Get-Failure { Enable-VcdMaintenance mail }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.EnableVcdMaintenanceCommand'
        "$failed" | Should -BeLike "*no 'enterMaintenanceMode'*the provider's*System*"
        Get-Change | Should -BeNullOrEmpty
        $vapp = Enable-VcdMaintenance mail -Organization acme -Connection provider
        $vapp.IsInMaintenanceMode | Should -BeTrue
        $failed = Get-Failure { Start-VcdVApp mail }
        "$failed" | Should -BeLike '*in maintenance mode: only the provider changes it*'
        ($vapp | Disable-VcdMaintenance).IsInMaintenanceMode | Should -BeFalse
        (Start-VcdVApp mail -Wait).Status | Should -Be 'POWERED_ON'
    }
}

Describe 'Snapshots' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'of a vApp are those of its machines, and bring them back' {
        $null = Start-VcdVApp vapp-0032 -Wait
        $machines = @(Get-VcdVM -VApp vapp-0032)
        $taken = @(Get-VcdVApp vapp-0032 | New-VcdSnapshot -Name 'before & after' -Description '<x>' -Wait)
        $taken | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdSnapshot
        $taken.VM | Sort-Object | Should -Be ($machines.Name | Sort-Object)
        $taken.VApp | Sort-Object -Unique | Should -Be 'vapp-0032'
        $taken.Size | ForEach-Object { $_ | Should -BeGreaterThan 0 }
        $taken[0].CreatedAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddHours(-1))
        $taken[0].Connection | Should -Be 'cloud'
        # Without -Memory they come back off.
        (Restore-VcdSnapshot -VApp vapp-0032 -Wait -Confirm:$false).Status | Should -Be 'POWERED_OFF'
        @(Get-VcdSnapshot -VApp vapp-0032).Count | Should -Be $machines.Count
        (Remove-VcdSnapshot -VApp vapp-0032 -Wait -Confirm:$false).OperationName | Should -Be 'vappRemoveAllSnapshots'
        Get-VcdSnapshot -VApp vapp-0032 | Should -BeNullOrEmpty
        Get-Change | Select-Object -Last 3 | Should -Be 'POST /api/vApp/vapp-ID/action/createSnapshot', 'POST /api/vApp/vapp-ID/action/revertToCurrentSnapshot', 'POST /api/vApp/vapp-ID/action/removeAllSnapshots'
    }

    It 'of single machines come by name and by pipeline, with their memory' {
        $null = Start-VcdVM web-02 -Wait
        $taken = New-VcdSnapshot -VM web-02 -VApp web -Memory -Quiesce -Wait
        $taken.VM | Should -Be 'web-02'
        $taken.IsPoweredOn | Should -BeTrue
        $back = Get-VcdVM web-* | Get-VcdSnapshot | Restore-VcdSnapshot -Wait -Confirm:$false
        $back | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVM
        $back.Name | Should -Be 'web-02'
        $back.VApp | Should -Be 'web'
        $back.Status | Should -Be 'POWERED_ON'
        (Get-VcdSnapshot web-0*).VM | Should -Be 'web-02'
        $failed = Get-Failure { Get-VcdVM web-01 | Restore-VcdSnapshot -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.RestoreVcdSnapshotCommand'
        "$failed" | Should -BeLike "*Reverting to the snapshot is not possible for virtual machine 'web-01'*New-VcdSnapshot*"
        $null = $taken | Remove-VcdSnapshot -Wait -Confirm:$false
        Get-VcdSnapshot web-* | Should -BeNullOrEmpty
    }

    It 'are not overwritten unless that is asked for' {
        $first = New-VcdSnapshot -VM web-02 -Wait
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $failed = Get-Failure { New-VcdSnapshot -VM web-02; New-VcdSnapshot -VApp web }
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.NewVcdSnapshotCommand'
        "$($failed[0])" | Should -BeLike '*would overwrite the one that it has: web-02 of 20*Nothing was sent*-Replace*'
        Get-Change | Should -BeNullOrEmpty
        $second = New-VcdSnapshot -VM web-02 -Replace -Wait
        $second.CreatedAt | Should -BeGreaterThan $first.CreatedAt
        $null = $second | Remove-VcdSnapshot -Wait -Confirm:$false
    }

    It 'of all that have one are listed with a request for those alone' {
        $all = @(Get-VcdVM | Where-Object HasSnapshot)
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $found = @(Get-VcdSnapshot)
        $found.VM | ForEach-Object { $_ | Should -BeIn $all.Name }
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Path -Like '/api/vApp/*').Count | Should -Be $all.Count
        ($found | Format-Table | Out-String -Width 120) | Should -BeLike '*VM*VApp*CreatedAt*Size*IsPoweredOn*'
    }

    It 'are of vApps and machines only' {
        $failed = Get-Failure { Get-VcdCatalog iso | New-VcdSnapshot; Get-VcdTemplate debian-12-base | Get-VcdVM | New-VcdSnapshot; Get-VcdCatalog iso | Get-VcdSnapshot }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdSnapshotCommand', 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdSnapshotCommand', 'Vcd.Validation,OrchestratorTools.Vcd.GetVcdSnapshotCommand'
        "$($failed[0])" | Should -BeLike "*-InputObject 'iso' is a catalog: a vApp, a virtual machine or a snapshot is needed*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are kept from a machine with an independent disk by the server, and said so' {
        $disk = Get-VcdDisk | Where-Object IsAttached | Select-Object -First 1
        $vm = Get-VcdVM -Id (Invoke-VcdRequest "$($disk.Href)/attachedVms").Vms.VmReference.href
        $failed = Get-Failure { $vm | New-VcdSnapshot -Replace -Wait }
        $failed.FullyQualifiedErrorId | Should -BeLike 'Vcd.*,OrchestratorTools.Vcd.NewVcdSnapshotCommand'
        "$failed" | Should -BeLike '*independent disk*'
    }
}

Describe 'What is asked first' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'is what cannot be taken back: <Script>' -ForEach @(
        @{ Script = 'Resume-VcdVM web-02 -Discard'; Asked = "*Discard the suspended state: what was in the guests' memory is lost*virtual machine 'web-02' of vApp 'web'*" }
        @{ Script = 'Resume-VcdVApp web -Vdc acme-vdc -Discard'; Asked = "*Discard the suspended state*vApp 'web' of virtual data center 'acme-vdc'*" }
        @{ Script = 'Restore-VcdSnapshot -VM web-02'; Asked = "*everything since then is lost*virtual machine 'web-02' of vApp 'web'*" }
        @{ Script = 'Remove-VcdSnapshot -VM web-02'; Asked = '*no longer be reverted to*' }
        @{ Script = 'Update-VcdVMHardware web-02'; Asked = '*cannot be undone*' }
    ) {
        $ended = Complete-AtHost (Start-AtHost "$Script -Connection cloud" -Answer 2)
        "$(@($ended.Questions)[0])" | Should -BeLike $Asked
        $ended.Errors | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is nothing else: <Script>' -ForEach @(
        @{ Script = 'Resume-VcdVM web-02' }
        @{ Script = 'Start-VcdVApp vapp-0022' }
        @{ Script = 'New-VcdSnapshot -VM web-02 -WhatIf' }
        @{ Script = '$ConfirmPreference = "None"; Resume-VcdVM web-02 -Discard' }
        @{ Script = 'Resume-VcdVM web-02 -Discard -Confirm:$false' }
    ) {
        (Complete-AtHost (Start-AtHost "$Script -Connection cloud" -Answer 2)).Questions | Should -BeNullOrEmpty
    }

    It 'is nothing with -WhatIf, and nothing is sent: <Name>' -ForEach @(
        foreach ($verb in 'Start', 'Stop', 'Suspend', 'Resume', 'Restart', 'Reset') {
            @{ Name = "$verb-VcdVApp"; Script = [scriptblock]::Create("$verb-VcdVApp web -WhatIf") }
            @{ Name = "$verb-VcdVM"; Script = [scriptblock]::Create("$verb-VcdVM web-01 -WhatIf") }
        }
        @{ Name = 'Resume-VcdVM -Discard'; Script = { Resume-VcdVM web-01 -Discard -WhatIf } }
        @{ Name = 'Install-VcdVMTool'; Script = { Install-VcdVMTool web-01 -WhatIf } }
        @{ Name = 'Merge-VcdVMDisk'; Script = { Merge-VcdVMDisk web-01 -WhatIf } }
        @{ Name = 'Update-VcdVMHardware'; Script = { Update-VcdVMHardware web-01 -WhatIf } }
        @{ Name = 'Enable-VcdMaintenance'; Script = { Enable-VcdMaintenance web -WhatIf } }
        @{ Name = 'Disable-VcdMaintenance'; Script = { Disable-VcdMaintenance web -WhatIf } }
        @{ Name = 'New-VcdSnapshot'; Script = { New-VcdSnapshot -VApp web -WhatIf } }
        @{ Name = 'Restore-VcdSnapshot'; Script = { Get-VcdVApp web | Restore-VcdSnapshot -WhatIf } }
        @{ Name = 'Remove-VcdSnapshot'; Script = { Get-VcdVM web-01 | Remove-VcdSnapshot -WhatIf } }
    ) {
        & $Script | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Names are completed: <_>' -ForEach 'Start-VcdVApp vapp-00', 'Stop-VcdVM web-', 'New-VcdSnapshot -VApp vapp-00', 'Get-VcdSnapshot -VM web-', 'Restore-VcdSnapshot -VM web-', 'Enable-VcdMaintenance -Vdc acme' {
    It 'by the server''s' {
        (TabExpansion2 $_ $_.Length).CompletionMatches.Count | Should -BeGreaterThan 0
    }
}

Describe 'Servers of old' {
    BeforeAll {
        $old = Start-TestSimulator @{ Speed = 60 }
        $null = Invoke-SimulatorCommand $old systems/vcd/settings @{ versions = '1.5', '5.1', '5.5', '9.0', '30.0' }
    }

    AfterAll {
        Get-OrchestratorConnection -Name old-* | Disconnect-Vcd -WarningAction Ignore
        Stop-OrchestratorSimulator $old
    }

    It 'are told nothing that they do not know: <_>' -ForEach '1.5', '5.1', '5.5', '9.0', '30.0' {
        $by = @{ Connection = Connect-TestVcd $old @{ Name = "old-$_"; ApiVersion = $_; NotDefault = $true } }
        (Stop-VcdVApp web -Wait @by).IsDeployed | Should -BeFalse
        (Start-VcdVApp web -ForceCustomization -Wait @by).Status | Should -Be 'POWERED_ON'
        (Suspend-VcdVM web-01 -Undeploy -Wait @by).IsDeployed | Should -BeFalse
        (Resume-VcdVM web-01 -Wait @by).Status | Should -Be 'POWERED_ON'
        if ($_ -eq '1.5') {
            $failed = Get-Failure { New-VcdSnapshot -VM web-01 @by }
            $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.NewVcdSnapshotCommand'
            "$failed" | Should -BeLike '*Snapshots need API 5.1; this connection speaks 1.5*'
            Get-VcdSnapshot @by | Should -BeNullOrEmpty
        }
        else {
            (New-VcdSnapshot -VM web-01 -Memory -Name 'x & y' -Description '<z>' -Wait @by).VM | Should -Be 'web-01'
            (Get-VcdSnapshot web-* @by | Remove-VcdSnapshot -Wait -Confirm:$false).Status | Should -Be 'success'
        }
    }
}

Describe 'The largest cloud' {
    It 'is listed, and a vApp of many machines is switched' {
        $large = Start-TestSimulator @{ Speed = 60; VMCount = 5000 }
        try {
            $null = Connect-Vcd $large.Vcd.Server -Organization System -Credential ($large.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $large.Vcd.CertificateThumbprint -NoProxy -Name large -NotDefault
            $null = Connect-TestVcd $large @{ Name = 'tenant'; NotDefault = $true }
            @(Get-VcdVM -Connection large).Count | Should -Be 5000
            $vapps = Get-VcdVM -Connection tenant | Where-Object Status -EQ POWERED_ON | Group-Object VApp | Sort-Object Count -Descending
            $name = $vapps[0].Name
            $vapps[0].Count | Should -BeGreaterThan 15
            $stopped = Stop-VcdVApp $name -Wait -Connection tenant
            $stopped.VMs.Count | Should -BeGreaterOrEqual $vapps[0].Count
            $stopped.VMs.IsDeployed | Sort-Object -Unique | Should -Be $false
            ($stopped | Start-VcdVApp -Wait).VMs.Status | Sort-Object -Unique | Should -Be 'POWERED_ON'
        }
        finally {
            Get-OrchestratorConnection -Name large, tenant | Disconnect-Vcd -WarningAction Ignore
            Stop-OrchestratorSimulator $large
        }
    }
}
