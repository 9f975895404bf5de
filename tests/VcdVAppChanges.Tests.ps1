# vApps that there are: renamed, removed, machines added and removed, the order in which they start, leases.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 60 }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }

    # What reached the server and changes something.
    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f]{8}-[0-9a-f-]{27}', 'ID')" })
    }

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        try {
            @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
        }
        catch {
            $_
        }
    }

    # The next tasks of an operation end badly, or stand still.
    function Set-NextTask {
        param([hashtable] $Plan)
        $null = Invoke-SimulatorCommand $simulator systems/vcd/nextTask $Plan
    }

    # A vApp of machines made of a template's, named NAME-1 and so on; they are on where that is asked for.
    function New-TestVApp {
        param([string] $Name, [int] $Machines = 1, [switch] $On)
        $source = (Get-VcdTemplate debian-12-base -Detailed).VMs[0].Href
        $items = 1..$Machines | Where-Object { $Machines } | ForEach-Object {
            "<SourcedItem><Source href='$source'/><VmGeneralParams><Name>$([Security.SecurityElement]::Escape($Name))-$_</Name></VmGeneralParams></SourcedItem>"
        }
        $body = "<ComposeVAppParams xmlns='http://www.vmware.com/vcloud/v1.5' name='$([Security.SecurityElement]::Escape($Name))' deploy='$("$On".ToLower())' powerOn='$("$On".ToLower())'>$items<AllEULAsAccepted>true</AllEULAsAccepted></ComposeVAppParams>"
        $vdc = Get-VcdVdc acme-vdc -Detailed
        $made = $vdc | Invoke-VcdRequest -Method Post -Rel add -Type application/vnd.vmware.vcloud.composeVAppParams+xml -Body $body
        $null = Wait-VcdTask $made.VApp.Tasks.Task.href
        Get-VcdVApp $Name -Detailed
    }

    function Test-VApp {
        param([string] $Name)
        [bool] (Get-VcdVApp $Name -ErrorAction Ignore)
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Set-VcdVApp' {
    BeforeAll {
        $vapp = New-TestVApp 'to be named'
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'returns the task, or with -Wait the vApp as it is then' {
        $task = $vapp | Set-VcdVApp -Description 'one & <two>'
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $null = $task | Wait-VcdTask
        $now = Set-VcdVApp 'to be named' -Name 'named "so"' -Wait
        $now | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVApp
        $now.Name | Should -Be 'named "so"'
        $now.Description | Should -Be 'one & <two>'
        $now.Vdc | Should -Be 'acme-vdc'
        $now.Connection | Should -Be 'cloud'
        @(Get-Change) | Should -Be @('PUT /api/vApp/vapp-ID', 'PUT /api/vApp/vapp-ID')
        ($now | Set-VcdVApp -Name 'to be named' -Description '' -Wait).Description | Should -BeNullOrEmpty
    }

    It 'shows the server''s words where the name is taken' {
        $failed = Get-Failure { Set-VcdVApp 'to be named' -Name mail }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Conflict,OrchestratorTools.Vcd.SetVcdVAppCommand'
        "$failed" | Should -BeLike '*mail*'
        $failed.Exception.ServerCode | Should -Be 'DUPLICATE_NAME'
        $failed.TargetObject.Name | Should -Be 'to be named'
    }

    It 'needs something to change, and gives one name to one vApp' {
        (Get-Failure { Set-VcdVApp mail }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdVAppCommand'
        (Get-Failure { Set-VcdVApp 'to be named', mail -Name x -WhatIf }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdVAppCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Set-VcdVApp * -Description x -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that what is in maintenance is not for everybody' {
        $failed = Get-Failure { Set-VcdVApp monitoring -Description x }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SetVcdVAppCommand'
        "$failed" | Should -BeLike "*Changing name and description is not possible for vApp 'monitoring'*"
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Remove-VcdVApp' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'removes what is not deployed: the task, or with -Wait the task as it ended' {
        $null = New-TestVApp 'gone 1'
        $null = New-TestVApp 'gone 2' -Machines 2
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $task = Remove-VcdVApp 'gone 1' -Confirm:$false
        $task.Status | Should -BeIn 'queued', 'preRunning', 'running'
        $task.Connection | Should -Be 'cloud'
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        (Get-VcdVApp 'gone 2' | Remove-VcdVApp -Wait -Confirm:$false).Status | Should -Be 'success'
        Get-VcdVApp 'gone *' | Should -BeNullOrEmpty
        Get-VcdVM 'gone *' | Should -BeNullOrEmpty
        @(Get-Change) | Should -Be @('DELETE /api/vApp/vapp-ID', 'DELETE /api/vApp/vapp-ID')
    }

    It 'asks with the name, the state and the number of machines, and does nothing with -WhatIf' {
        $null = New-TestVApp 'asked about' -Machines 2
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $asked = Complete-AtHost (Start-AtHost "Remove-VcdVApp 'asked about', 'R&D lab' -Force -Connection cloud" -Answer 2)
        $asked.Questions.Count | Should -Be 2
        $asked.Questions[0] | Should -BeLike "*`"Remove; it cannot be undone`" on target `"vApp 'asked about' (POWERED_OFF, 2 virtual machines) of virtual data center 'acme-vdc' at *"
        $asked.Questions[1] | Should -BeLike "*`"Power off, undeploy and remove; it cannot be undone`" on target `"vApp 'R&D lab' (POWERED_ON, deployed, 1 virtual machine) of virtual data center*"
        Remove-VcdVApp * -Force -WhatIf -ErrorAction Ignore
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses what is deployed, says what to do, and goes on with the next' {
        $null = New-TestVApp 'off'
        $null = New-TestVApp 'on' -On
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $tasks = @('on', 'off' | Remove-VcdVApp -Wait -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue)
        $tasks.Count | Should -Be 1
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.RemoveVcdVAppCommand'
        "$($failed[0])" | Should -BeLike "*'on' is deployed (POWERED_ON)*-Force*"
        $failed[0].TargetObject.Name | Should -Be 'on'
        @(Get-Change) | Should -Be @('DELETE /api/vApp/vapp-ID')
    }

    It 'undeploys first with -Force, and returns the task of the removal' {
        Test-VApp on | Should -BeTrue
        $task = Remove-VcdVApp on -Force -Confirm:$false
        $task.OperationName | Should -Be 'vdcDelete'
        $null = $task | Wait-VcdTask
        Test-VApp on | Should -BeFalse
        @(Get-Change) | Should -Be @('POST /api/vApp/vapp-ID/action/undeploy', 'DELETE /api/vApp/vapp-ID')
    }

    It 'removes nothing that could not be undeployed' {
        $null = New-TestVApp 'stuck' -On
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        Set-NextTask @{ operationName = 'vappUndeployPowerOff'; state = 'error'; error = @{ majorErrorCode = 500; minorErrorCode = 'HOST_LOST'; message = 'The host does not answer.' } }
        $failed = Get-Failure { Remove-VcdVApp stuck -Force -Wait -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.RemoveVcdVAppCommand'
        "$failed" | Should -BeLike "*'stuck' was not removed*The host does not answer*"
        @(Get-Change) | Should -Be @('POST /api/vApp/vapp-ID/action/undeploy')
        (Remove-VcdVApp stuck -Force -Wait -Confirm:$false).Status | Should -Be 'success'
    }

    It 'removes what could not be made' {
        (Get-VcdVApp vapp-0012).Status | Should -Be 'FAILED_CREATION'
        (Remove-VcdVApp vapp-0012 -Wait -Confirm:$false).Status | Should -Be 'success'
        Test-VApp vapp-0012 | Should -BeFalse
    }

    It 'says what is at work on it' {
        $vapp = New-TestVApp 'busy one'
        $first = $vapp | Remove-VcdVApp -Confirm:$false
        $failed = Get-Failure { $vapp | Remove-VcdVApp -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -BeIn 'Vcd.WrongState,OrchestratorTools.Vcd.RemoveVcdVAppCommand', 'Vcd.NotFound,OrchestratorTools.Vcd.RemoveVcdVAppCommand'
        $null = $first | Wait-VcdTask
    }

    It 'names what goes on at the server where it is stopped while it undeploys' {
        $null = New-TestVApp 'stopped' -On
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path /api/task/* -Count 0 -Body '<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="running" operation="Undeploying"/>' -ContentType application/vnd.vmware.vcloud.task+xml
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path /api/task/* -Count 0 -Body '<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="running" operation="Undeploying" id="urn:vcloud:task:00000000-0000-4000-8000-000000000001"/>' -ContentType application/vnd.vmware.vcloud.task+xml
        $begun = Start-AtHost "Remove-VcdVApp stopped -Force -Confirm:`$false -Connection cloud"
        Wait-Until { @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /api/task/*).Count -gt 0 }
        $begun.Shell.Stop()
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "*Removing vApp 'stopped' was stopped at its first step, which goes on at the server: Get-VcdTask urn:vcloud:task:*was not sent*"
        Clear-OrchestratorSimulatorFault -Simulator $simulator
        @(Get-Change | Where-Object { $_ -like 'DELETE*' }) | Should -BeNullOrEmpty
    }

    It 'completes names and takes wildcards' {
        (TabExpansion2 'Remove-VcdVApp db-c' 19).CompletionMatches[0].CompletionText | Should -Be 'db-cluster'
        $failed = Get-Failure { Remove-VcdVApp nobody* -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.RemoveVcdVAppCommand'
    }
}

Describe 'Get-VcdStartupOrder and Set-VcdStartupOrder' {
    BeforeAll {
        $null = New-TestVApp 'ordered' -Machines 3
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'shows the machines with their connection, and only those that are named' {
        $all = @(Get-VcdStartupOrder ordered)
        $all.VM | Should -Be @('ordered-1', 'ordered-2', 'ordered-3')
        $all[0].Connection | Should -Be 'cloud'
        $all[0].VApp | Should -Be 'ordered'
        @(Get-VcdVApp ordered | Get-VcdStartupOrder -VM *-2).VM | Should -Be @('ordered-2')
        (Get-Failure { Get-VcdStartupOrder ordered nobody }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdStartupOrderCommand'
    }

    It 'changes several machines in one request, and nothing else of them' {
        $changed = Set-VcdStartupOrder ordered *-1, *-3 -Order 7 -StartDelay 30 -Wait
        $changed | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdStartupOrder
        $changed.VM | Should -Be @('ordered-1', 'ordered-3')
        @(Get-Change) | Should -Be @('PUT /api/vApp/vapp-ID/startupSection/')
        $changed = Set-VcdStartupOrder ordered -Table @{ 'ordered-2' = 1; 'ordered-3' = @{ StopAction = 'GuestShutdown'; StopDelay = 5 } } -Wait
        @(Get-Change).Count | Should -Be 2
        @(Get-VcdStartupOrder ordered | ForEach-Object { "$($_.VM) $($_.Order) $($_.StartAction) $($_.StartDelay) $($_.StopAction) $($_.StopDelay)" }) | Should -Be @(
            'ordered-2 1 PowerOn 0 PowerOff 0'
            'ordered-1 7 PowerOn 30 PowerOff 0'
            'ordered-3 7 PowerOn 30 GuestShutdown 5'
        )
    }

    It 'takes what Get-VcdStartupOrder returned, one request for each vApp, and returns the task without -Wait' {
        $tasks = @(Get-VcdStartupOrder ordered, 'erp*' | Set-VcdStartupOrder -StartAction None -StopAction None)
        $tasks.Count | Should -Be 2
        $null = $tasks | Wait-VcdTask
        @(Get-Change) | Should -Be @('PUT /api/vApp/vapp-ID/startupSection/', 'PUT /api/vApp/vapp-ID/startupSection/')
        @(Get-VcdStartupOrder ordered, 'erp*' | Where-Object { $_.StartAction -ne 'None' -or $_.StopAction -ne 'None' }) | Should -BeNullOrEmpty
    }

    It 'sends nothing where it is told wrong: <Said>' -ForEach @(
        @{ Script = { Set-VcdStartupOrder ordered nobody, *-1 -Order 1 }; Id = 'NotFound'; Said = "*'nobody': vApp 'ordered' has no such virtual machine; it has 'ordered-1', 'ordered-2', 'ordered-3'*" }
        @{ Script = { Set-VcdStartupOrder ordered -Table @{ 'ordered-1' = 1; 'ordered' = 2 } }; Id = 'NotFound'; Said = "*-Table 'ordered': vApp*" }
        @{ Script = { Set-VcdStartupOrder ordered -Table @{ 'ordered-1' = 70000 } }; Id = 'Validation'; Said = "*Order '70000' is no whole number from 0 to 65535*" }
        @{ Script = { Set-VcdStartupOrder ordered -Table @{ 'ordered-1' = @{ StopAction = 'Burn' } } }; Id = 'Validation'; Said = "*StopAction 'Burn' is none of PowerOff, GuestShutdown, None*" }
        @{ Script = { Set-VcdStartupOrder ordered -Table @{ 'ordered-1' = @{ Delay = 1 } } }; Id = 'Validation'; Said = "*'Delay' is none of*" }
        @{ Script = { Set-VcdStartupOrder ordered -Table @{ 'ordered-1' = @{} } }; Id = 'Validation'; Said = '*nothing to change*' }
        @{ Script = { Set-VcdStartupOrder ordered ordered-1 }; Id = 'BadParameter'; Said = '*nothing to change*' }
    ) {
        $failed = Get-Failure $Script
        $failed.FullyQualifiedErrorId | Should -Be "Vcd.$Id,OrchestratorTools.Vcd.SetVcdStartupOrderCommand"
        "$failed" | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf, and says what it would' {
        $begun = Start-AtHost "Get-VcdStartupOrder ordered -Connection cloud | Set-VcdStartupOrder -Order 2 -StopDelay 9 -Confirm" -Answer 2
        (Complete-AtHost $begun).Questions[0] | Should -BeLike "*`"Set order 2, stop delay 9 s for 'ordered-*'`" on target `"startup order of vApp 'ordered' at *"
        Set-VcdStartupOrder ordered * -Order 1 -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'waits for nobody: a vApp that is busy is an error' {
        $first = Set-VcdStartupOrder ordered *-1 -Order 3
        $failed = Get-Failure { Set-VcdStartupOrder ordered *-1 -Order 4 }
        $null = $first | Wait-VcdTask
        if ($failed) {
            $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SetVcdStartupOrderCommand'
            "$failed" | Should -BeLike '*busy*'
        }
        (Get-VcdStartupOrder ordered *-1).Order | Should -BeIn 3, 4
    }
}

Describe 'Get-VcdLease and Set-VcdLease' {
    BeforeAll {
        $null = New-TestVApp 'leased'
        $null = Connect-Vcd $simulator.Vcd.Server -Organization System -Credential ($simulator.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'shows when each ends' {
        $lease = Get-VcdLease leased
        $lease | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdLease
        $lease.RuntimeLease | Should -Be ([timespan] '7.00:00:00')
        $lease.RuntimeLeaseExpiresAt | Should -BeNullOrEmpty
        $lease.StorageLeaseExpiresAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddDays(20))
        $lease.IsExpired | Should -BeFalse
        $lease.Connection | Should -Be 'cloud'
        (Get-VcdTemplate debian-12-base | Get-VcdLease).StorageLease | Should -Be ([timespan] '90.00:00:00')
        @(Get-VcdLease -Template debian*, rocky*).Count | Should -Be 2
        (Get-VcdLease 'R&D lab').RuntimeLeaseExpiresAt | Should -Not -BeNullOrEmpty
        (Get-Failure { Get-VcdLease nobody }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdLeaseCommand'
    }

    It 'changes what is given and leaves the rest, one request each' {
        $lease = Set-VcdLease leased -RuntimeLease 2.00:00:00 -Wait
        $lease.RuntimeLease | Should -Be ([timespan] '2.00:00:00')
        $lease.StorageLease | Should -Be ([timespan] '30.00:00:00')
        $task = Get-VcdVApp leased | Set-VcdLease -StorageLease 5.00:00:00
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $null = $task | Wait-VcdTask
        (Get-VcdLease leased | ForEach-Object { "$($_.RuntimeLease) $($_.StorageLease)" }) | Should -Be '2.00:00:00 5.00:00:00'
        (Get-VcdTemplate rocky* | Set-VcdLease -StorageLease 10.00:00:00 -Wait).StorageLease | Should -Be ([timespan] '10.00:00:00')
        @(Get-Change) | Should -Be @('PUT /api/vApp/vapp-ID/leaseSettingsSection/', 'PUT /api/vApp/vapp-ID/leaseSettingsSection/', 'PUT /api/vAppTemplate/vappTemplate-ID/leaseSettingsSection/')
    }

    It 'renews what ran out, at the length that it has' {
        # globex has one whose storage lease ran out.
        $expired = Get-VcdVApp -Organization globex -Connection provider | Where-Object IsExpired | Select-Object -First 1
        $expired | Should -Not -BeNullOrEmpty
        $before = $expired | Get-VcdLease
        $before.IsExpired | Should -BeTrue
        $after = $before | Set-VcdLease -Renew -Wait
        $after.IsExpired | Should -BeFalse
        $after.StorageLease | Should -Be $before.StorageLease
        $after.StorageLeaseExpiresAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow)
    }

    It 'lets the provider, whom no limit binds, have leases for ever' {
        $lease = Get-VcdVApp leased -Organization acme -Connection provider | Set-VcdLease -NeverExpires Runtime, Storage -Wait
        $lease.RuntimeLease | Should -BeNullOrEmpty
        $lease.StorageLease | Should -BeNullOrEmpty
        $lease.StorageLeaseExpiresAt | Should -BeNullOrEmpty
        (Get-VcdVApp leased -Organization acme -Connection provider | Set-VcdLease -RuntimeLease 100.00:00:00 -StorageLease 100.00:00:00 -Wait).RuntimeLease.Days | Should -Be 100
    }

    It 'refuses, before anything is sent: <Said>' -ForEach @(
        @{ Script = { Set-VcdLease leased }; Id = 'BadParameter'; Said = '*nothing to change*' }
        @{ Script = { Set-VcdLease leased -RuntimeLease 604800 }; Id = 'BadParameter'; Said = '*bare number is taken for ticks*New-TimeSpan*' }
        @{ Script = { Set-VcdLease leased -StorageLease 0 }; Id = 'Validation'; Said = '*-StorageLease: *none for ever*' }
        @{ Script = { Set-VcdLease leased -StorageLease 1.00:00:00 -NeverExpires Storage }; Id = 'BadParameter'; Said = '*says otherwise*' }
        @{ Script = { Set-VcdLease leased -RuntimeLease 8.00:00:00 }; Id = 'Validation'; Said = "*-RuntimeLease '8.00:00:00': organization 'acme' allows at most 7.00:00:00*" }
        @{ Script = { Set-VcdLease leased -NeverExpires Storage }; Id = 'Validation'; Said = "*-NeverExpires: organization 'acme' allows at most 30.00:00:00, and none for ever*" }
        @{ Script = { Set-VcdLease -Template debian* -StorageLease 91.00:00:00 }; Id = 'Validation'; Said = '*at most 90.00:00:00*' }
        @{ Script = { Get-VcdTemplate debian* | Get-VcdLease | Set-VcdLease -RuntimeLease 1.00:00:00 }; Id = 'Validation'; Said = '*never runs*' }
    ) {
        $failed = Get-Failure $Script
        $failed.FullyQualifiedErrorId | Should -Be "Vcd.$Id,OrchestratorTools.Vcd.SetVcdLeaseCommand"
        "$failed" | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'shows the server''s words where it has other limits, and changes nothing with -WhatIf' {
        $failed = Get-Failure { Set-VcdLease leased -RuntimeLease 00:10:00 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SetVcdLeaseCommand'
        "$failed" | Should -BeLike '*at least 3600 seconds*'
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        Set-VcdLease * -Renew -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Remove-VcdVM' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'removes several of one vApp in one request, one by itself, and returns the task or with -Wait its end' {
        $null = New-TestVApp 'thinned' -Machines 4
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $task = Get-VcdVM thinned-1, thinned-2 | Remove-VcdVM -Confirm:$false
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        (Remove-VcdVM thinned-3 -VApp thinned -Wait -Confirm:$false).Status | Should -Be 'success'
        (Get-VcdVApp thinned -Detailed).VMs.Name | Should -Be 'thinned-4'
        @(Get-Change) | Should -Be @('POST /api/vApp/vapp-ID/action/recomposeVApp', 'DELETE /api/vApp/vm-ID')
        # The last one may go too: an empty vApp is one.
        (Get-VcdVApp thinned | Get-VcdVM | Remove-VcdVM -Wait -Confirm:$false).Status | Should -Be 'success'
        @((Get-VcdVApp thinned -Detailed).VMs).Count | Should -Be 0
    }

    It 'refuses what is deployed, and powers it off first with -Force' {
        $null = New-TestVApp 'running' -Machines 3 -On
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $failed = Get-Failure { Remove-VcdVM running-1 -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.RemoveVcdVMCommand'
        "$failed" | Should -BeLike "*'running-1' is deployed (POWERED_ON)*-Force*"
        Get-Change | Should -BeNullOrEmpty
        (Remove-VcdVM running-1, running-2 -Force -Wait -Confirm:$false).Status | Should -Be 'success'
        # The third one runs on, so that the vApp cannot be recomposed.
        @(Get-Change) | Should -Be @('POST /api/vApp/vm-ID/action/undeploy', 'POST /api/vApp/vm-ID/action/undeploy', 'DELETE /api/vApp/vm-ID', 'DELETE /api/vApp/vm-ID')
        (Get-VcdVApp running -Detailed).VMs.Status | Should -Be 'POWERED_ON'
        $null = Remove-VcdVApp running -Force -Wait -Confirm:$false
    }

    It 'asks with the name, the state and the vApp, and removes nothing with -WhatIf or a no' {
        $begun = Start-AtHost "Get-VcdVM win2022, 'db & cache' | Remove-VcdVM -Force -Connection cloud" -Answer 2
        $questions = (Complete-AtHost $begun).Questions
        $questions | Where-Object { $_ -like "*`"Power off, undeploy and remove; it cannot be undone`" on target `"virtual machine 'win2022' (POWERED_ON, deployed) of vApp 'R&D lab' at *" } | Should -HaveCount 1
        $questions | Where-Object { $_ -like "*`"Remove; it cannot be undone`" on target `"virtual machine 'db & cache' (POWERED_OFF) of vApp 'erp (production)' at *" } | Should -HaveCount 1
        Remove-VcdVM * -VApp 'erp*' -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'leaves machines of templates alone, and says what is not there' {
        $failed = Get-Failure { (Get-VcdTemplate debian-12-base -Detailed).VMs | Remove-VcdVM -Confirm:$false }
        "$failed" | Should -BeLike '*belongs to a vApp template*'
        (Get-Failure { Remove-VcdVM nobody -Confirm:$false }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.RemoveVcdVMCommand'
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Add-VcdVM' {
    BeforeAll {
        # On the networks dmz and internal & db, as its machine.
        $into = Get-VcdVApp mail
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'copies the machine of a template, under another name, onto a network of the vApp' {
        $task = Add-VcdVM mail -Template debian-12-base -Name added-1 -ComputerName added-host -Network dmz -Description 'one & <two>'
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        @(Get-Change) | Should -Be @('POST /api/vApp/vapp-ID/action/recomposeVApp')
        $vm = (Get-VcdVApp mail -Detailed).VMs | Where-Object Name -EQ 'added-1'
        $vm.Description | Should -Be 'one & <two>'
        $vm.ComputerName | Should -Be 'added-host'
        $vm.Network | Should -Be 'dmz'
    }

    It 'copies several machines that are piped, in one request, and returns them with -Wait' {
        $null = New-TestVApp 'giver' -Machines 3
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $added = Get-VcdVM giver-1, giver-2 | Add-VcdVM $into -Network @{ eth0 = 'internal & db'; 'giver-2/eth0' = 'none' } -StorageProfile (Get-VcdVdc acme-vdc -Detailed).StorageProfiles[0].Name -Wait
        $added | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVM
        $added.Name | Sort-Object | Should -Be @('giver-1', 'giver-2')
        $added[0].VApp | Should -Be 'mail'
        $added[0].Connection | Should -Be 'cloud'
        ($added | Where-Object Name -EQ giver-1).Network | Should -Be 'internal & db'
        ($added | Where-Object Name -EQ giver-2).Network | Should -BeNullOrEmpty
        @(Get-Change) | Should -Be @('POST /api/vApp/vapp-ID/action/recomposeVApp')
        # Copies: the sources are still there.
        @(Get-VcdVM -VApp giver).Count | Should -Be 3
    }

    It 'moves machines with -Move' {
        $moved = Get-VcdVM giver-3 | Add-VcdVM mail -Name moved-3 -Move -Wait 3> $null
        $moved.Name | Should -Be 'moved-3'
        $moved.VApp | Should -Be 'mail'
        @(Get-VcdVM -VApp giver).Name | Sort-Object | Should -Be @('giver-1', 'giver-2')
    }

    It 'makes a blank machine' {
        $vm = Add-VcdVM mail -Name blank-1 -GuestOs debian11_64Guest -NumberOfCpus 4 -CoresPerSocket 2 -Memory 1GB -Network @{ eth0 = 'dmz'; eth1 = 'none' } -Wait
        $vm.NumberOfCpus | Should -Be 4
        $vm.Memory | Should -Be 1GB
        $vm.HardwareVersion | Should -Be 19
        $vm.ComputerName | Should -Be 'blank-1'
        $vm.NetworkCards.Network | Should -Be @('dmz', 'none')
        $vm.Disks | Should -BeNullOrEmpty
    }

    It 'warns of a card that will not be connected' {
        Add-VcdVM mail -Template debian-12-base -Name warned -WhatIf -WarningVariable warned 3> $null
        "$warned" | Should -BeLike "*eth0 of virtual machine 'vm1' will not be connected: it is on 'VM Network'*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses, before anything is sent: <Said>' -ForEach @(
        @{ Script = { Add-VcdVM mail -Template debian-12-base -Name vm-0016 }; Id = 'Conflict'; Said = "*has a virtual machine 'vm-0016' already*" }
        @{ Script = { Get-VcdVM -VApp giver | Add-VcdVM mail -Name x }; Id = 'Validation'; Said = '*one name is for one virtual machine, and there are *' }
        @{ Script = { Add-VcdVM mail -Template debian-12-base -Name x -Network lab }; Id = 'NotFound'; Said = "*vApp 'mail' has no such network; it has 'dmz', 'internal & db'*" }
        @{ Script = { Add-VcdVM web -Template debian-12-base -Name x }; Id = 'WrongState'; Said = "*vApp 'web' (POWERED_ON, deployed)*offers no 'recompose'*Stop-VcdVApp*" }
        @{ Script = { Get-VcdVM win2022 | Add-VcdVM mail -Move }; Id = 'WrongState'; Said = "*'win2022' is deployed*" }
        @{ Script = { Add-VcdVM mail -Name x -GuestOs otherGuest -Memory 5000000 }; Id = 'BadParameter'; Said = '*no multiple of 4 MB; 4194304 and 8388608*' }
        @{ Script = { Add-VcdVM mail -Name x -GuestOs otherGuest -Memory 1GB -NumberOfCpus 4 -CoresPerSocket 3 }; Id = 'BadParameter'; Said = '*whole sockets*' }
        @{ Script = { Add-VcdVM mail -Name x -GuestOs otherGuest -Memory 1GB -HardwareVersion 21 }; Id = 'Validation'; Said = '*has 14, 19*' }
        @{ Script = { 'moved-3', 'nobody' | Add-VcdVM giver }; Id = 'NotFound'; Said = "*'nobody'*" }
    ) {
        $failed = Get-Failure $Script
        $failed.FullyQualifiedErrorId | Should -Be "Vcd.$Id,OrchestratorTools.Vcd.AddVcdVMCommand"
        "$failed" | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says what needs a newer version of the API' {
        $null = Connect-TestVcd $simulator @{ Name = 'old'; ApiVersion = '5.5'; NotDefault = $true }
        $failed = Get-Failure { Add-VcdVM mail -Name x -GuestOs otherGuest -Memory 1GB -Connection old }
        "$failed" | Should -BeLike '*-GuestOs*needs API 32.0; this connection speaks 5.5*'
        Disconnect-Vcd old
    }

    It 'changes nothing with -WhatIf, and asks with the vApp and the names' {
        $begun = Start-AtHost "Get-VcdVM vm-0016 -Connection cloud | Add-VcdVM 'erp (production)' -Connection cloud -Confirm" -Answer 2
        (Complete-AtHost $begun).Questions[0] | Should -BeLike "*`"Add virtual machine 'vm-0016'`" on target `"vApp 'erp (production)' of virtual data center 'acme-vdc' at *"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that the vApp is busy, and completes its name' {
        $body = '<Error xmlns="http://www.vmware.com/vcloud/v1.5" majorErrorCode="400" minorErrorCode="BUSY_ENTITY" message="The entity is busy completing an operation."/>'
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Body $body -ContentType application/vnd.vmware.vcloud.error+xml -Method POST -Path */recomposeVApp
        $failed = Get-Failure { Add-VcdVM mail -Template debian-12-base -Name held -Network dmz }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.AddVcdVMCommand'
        "$failed" | Should -BeLike '*busy*Get-VcdTask*'
        $failed.TargetObject.Name | Should -Be 'mail'
        @(Get-Change).Count | Should -Be 1
        (TabExpansion2 'Add-VcdVM gi' 12).CompletionMatches[0].CompletionText | Should -Be 'giver'
    }
}
