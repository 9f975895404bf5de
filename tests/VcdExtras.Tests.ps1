# What hangs on virtual machines and vApps: consoles, screens, questions, media, independent disks, vApp networks.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 60 }
    $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ versions = @('5.1', '30.0', '39.1') }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $null = Connect-Vcd $simulator.Vcd.Server -Organization System -Credential ($simulator.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault
    $null = Connect-TestVcd $simulator @{ Name = 'old'; NotDefault = $true; ApiVersion = '5.1' }

    # What reached the server and changes something.
    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'ID')" })
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

    function Get-Plain {
        param([securestring] $Secret)
        ConvertFrom-SecureString $Secret -AsPlainText
    }

    # A machine that asks something, by the control address.
    function Set-Machine {
        param($VM, [hashtable] $What)
        $null = Invoke-SimulatorCommand $simulator systems/vcd/machine (@{ name = $VM.Name; vApp = $VM.VApp } + $What)
    }

    $running = @(Get-VcdVM | Where-Object { $_.Status -eq 'POWERED_ON' -and $_.VApp -notmatch '[\[\]*?&"'']' })
    $stopped = @(Get-VcdVM | Where-Object { $_.Status -eq 'POWERED_OFF' -and $_.VApp -notmatch '[\[\]*?&"'']' })
    $vm = $running[0]
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Get-VcdConsoleTicket' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'gets a ticket of the HTML console, held as a secret' {
        $ticket = $vm | Get-VcdConsoleTicket
        $ticket | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdConsoleTicket
        $ticket.VM, $ticket.VApp, $ticket.Type, $ticket.Port, $ticket.Connection | Should -Be $vm.Name, $vm.VApp, 'WebMks', 902, 'cloud'
        ($ticket.ExpiresAt - $ticket.AcquiredAt).TotalSeconds | Should -Be 30
        $text = Get-Plain $ticket.Ticket
        $text | Should -Match '^cst-.{32}--tp-[0-9A-F]{40}$'
        Get-Plain $ticket.Url | Should -Be "wss://$($ticket.Host)/902;$text"
        Get-Change | Should -Be 'POST /api/vApp/vm-ID/screen/action/acquireMksTicket'
    }

    It 'shows it in no text, no view and no JSON' {
        $ticket = Get-VcdConsoleTicket $vm
        $text = Get-Plain $ticket.Ticket
        $ticket.ToString() | Should -Not -BeLike "*$text*"
        foreach ($shown in ($ticket | Format-List * | Out-String -Width 500), ($ticket | Format-Table | Out-String), ($ticket | ConvertTo-Json -Depth 6), ($ticket | ConvertTo-Csv | Out-String), "$($ticket | Select-Object *)") {
            $shown | Should -Match ([regex]::Escape($vm.Name))
            $shown | Should -Not -Match 'cst-|wss:'
        }
    }

    It 'shows it in no stream, not even under -Debug' {
        $DebugPreference = 'Continue'
        $all = Get-VcdConsoleTicket $vm -Verbose 5>&1 4>&1
        $ticket = $all | Where-Object { $_ -is [OrchestratorTools.Clients.Vcd.VcdConsoleTicket] }
        $lines = ($all | Where-Object { $_ -isnot [OrchestratorTools.Clients.Vcd.VcdConsoleTicket] } | Out-String -Width 4000)
        $lines | Should -Match 'acquireMksTicket'
        $lines | Should -Match 'body not shown'
        $lines | Should -Not -Match 'cst-'
        $lines | Should -Not -Match ([regex]::Escape((Get-Plain $ticket.Ticket)))
        # What the session learned is masked wherever it comes up later.
        $later = Invoke-VcdRequest "/api/query?type=vm&filter=name==$([uri]::EscapeDataString((Get-Plain $ticket.Ticket)))" -Verbose 5>&1 4>&1 | Out-String -Width 4000
        $later | Should -Match 'name==\*\*\*'
    }

    It 'has the older form where the version has only that' {
        $ticket = Get-VcdConsoleTicket $vm.Name -VApp $vm.VApp -Connection old
        $ticket.Type, $ticket.Port | Should -Be 'Mks', $null
        Get-Plain $ticket.Url | Should -Match "^mks://$([regex]::Escape($ticket.Host))/vm-[0-9a-f-]{36}\?ticket=cst-"
        Get-Plain $ticket.Ticket | Should -Match '^cst-.{32}--tp-[0-9A-F]{40}$'
        $ticket.Vmx | Should -Match '^vm-'
        Get-Change | Should -Be 'POST /api/vApp/vm-ID/screen/action/acquireTicket'
    }

    It 'asks nothing of a machine that is off, and goes on with the next' {
        $failed = Get-Failure { $stopped[0], $vm | Get-VcdConsoleTicket }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.GetVcdConsoleTicketCommand'
        $failed.Exception.Message | Should -BeLike "*'$($stopped[0].Name)'*POWERED_OFF*screen:acquireMksTicket*Nothing was sent*"
        $failed.Exception.RecommendedAction | Should -BeLike '*Start-VcdVM*'
        @(Get-Change).Count | Should -Be 1
        @($stopped[0], $vm | Get-VcdConsoleTicket -ErrorAction Ignore).VM | Should -Be $vm.Name
    }

    It 'takes names, wildcards and the vApp' {
        $several = @(Get-VcdConsoleTicket * -VApp $vm.VApp -ErrorAction Ignore)
        $several.Count | Should -Be @($running | Where-Object VApp -EQ $vm.VApp).Count
        (Get-Failure { Get-VcdConsoleTicket nosuch }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdConsoleTicketCommand'
        (TabExpansion2 'Get-VcdConsoleTicket ' -cursorColumn 21).CompletionMatches.ListItemText | Should -Contain $vm.Name
    }
}

Describe 'Save-VcdScreenshot' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'saves a PNG and returns the file' {
        $file = $vm | Save-VcdScreenshot -Path new/folder/x.png
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path (Resolve-Path .) new folder x.png)
        [Convert]::ToHexString([IO.File]::ReadAllBytes($file.FullName)[0..7]) | Should -Be '89504E470D0A1A0A'
        $file.Length | Should -BeGreaterThan 100
        @(Get-ChildItem new/folder).Count | Should -Be 1
        Get-Change | Should -BeNullOrEmpty
    }

    It 'overwrites nothing without -Force, and asks the server nothing' {
        Set-Content y.png 'mine'
        $failed = Get-Failure { Save-VcdScreenshot $vm y.png }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Conflict,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        Get-Content y.png | Should -Be 'mine'
        Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Path -Like '*/screen' | Should -BeNullOrEmpty
        (Save-VcdScreenshot $vm y.png -Force).Length | Should -BeGreaterThan 100
    }

    It 'names the files in a folder as their machines' {
        $two = @($running | Where-Object VApp -NE $vm.VApp)[0]
        $files = @($vm, $two | Save-VcdScreenshot -Path (New-Item -ItemType Directory screens))
        $files.Count | Should -Be (@($vm.Name, $two.Name | Sort-Object -Unique).Count)
        $files[0].Name | Should -Be "$($vm.Name).png"
    }

    It 'does not write two machines into one file' {
        $failed = Get-Failure { $vm, $vm | Save-VcdScreenshot -Path once.png -Force }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        $failed.Exception.Message | Should -BeLike '*once.png*right before*'
    }

    It 'writes nothing with -WhatIf, for what is off, and for what is no picture' {
        Save-VcdScreenshot $vm z.png -WhatIf
        (Get-Failure { Save-VcdScreenshot $stopped[0] z.png }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path '*/screen' -Body 'GIF89a' -ContentType image/gif
        (Get-Failure { Save-VcdScreenshot $vm z.png }).FullyQualifiedErrorId | Should -Be 'Vcd.Protocol,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        (Get-Failure { Save-VcdScreenshot $vm nodrive:/z.png }).FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        Test-Path z.png | Should -BeFalse
    }
}

Describe 'What machines ask' {
    BeforeAll {
        $asking = $running[1]
    }

    BeforeEach {
        Set-Machine $asking @{ question = 'Was it moved or copied?'; choices = @('Cancel', 'I moved it', 'I copied it') }
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'is found without naming anybody, and by the pipeline' {
        $question = Get-VcdVMQuestion | Where-Object VM -EQ $asking.Name
        $question | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVMQuestion
        $question.VM, $question.VApp, $question.Question, $question.Connection | Should -Be $asking.Name, $asking.VApp, 'Was it moved or copied?', 'cloud'
        "$($question.Choices)" | Should -Be '0 = Cancel 1 = I moved it 2 = I copied it'
        ($asking | Get-VcdVMQuestion).QuestionId | Should -Be $question.QuestionId
        (Get-VcdVMQuestion $asking.Name -VApp $asking.VApp).QuestionId | Should -Be $question.QuestionId
        @(Get-VcdVMQuestion * -VApp $asking.VApp).Count | Should -BeGreaterOrEqual 1
        $vm | Get-VcdVMQuestion | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is answered by <Answer>' -ForEach @(@{ Answer = '2' }, @{ Answer = 'i COPIED it' }) {
        Get-VcdVMQuestion $asking | Send-VcdVMAnswer $Answer | Should -BeNullOrEmpty
        Get-Change | Should -Be 'POST /api/vApp/vm-ID/question/action/answer'
        Get-VcdVMQuestion $asking | Should -BeNullOrEmpty
        (Get-VcdVM -Id $asking.Id).Status | Should -Be 'POWERED_ON'
    }

    It 'is answered by the machine''s name, which comes back with -PassThru' {
        $now = Send-VcdVMAnswer Cancel -VM $asking.Name -VApp $asking.VApp -PassThru
        $now.Name, $now.VApp, $now.Status | Should -Be $asking.Name, $asking.VApp, 'POWERED_ON'
    }

    It 'takes no answer that is not offered' {
        $failed = Get-Failure { Get-VcdVMQuestion $asking | Send-VcdVMAnswer 3 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SendVcdVMAnswerCommand'
        $failed.Exception.Message | Should -BeLike "*-Answer '3'*'$($asking.Name)'*0 = Cancel, 1 = I moved it, 2 = I copied it*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is not answered in place of another question' {
        $old = Get-VcdVMQuestion $asking
        Set-Machine $asking @{ question = 'Delete everything?' }
        $failed = Get-Failure { $old | Send-VcdVMAnswer 0 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SendVcdVMAnswerCommand'
        $failed.Exception.Message | Should -BeLike '*something else by now*Delete everything?*'
        (Get-Failure { Send-VcdVMAnswer 0 -VM $vm }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SendVcdVMAnswerCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is not answered with -WhatIf' {
        Get-VcdVMQuestion $asking | Send-VcdVMAnswer Cancel -WhatIf
        Get-Change | Should -BeNullOrEmpty
        Get-VcdVMQuestion $asking | Should -Not -BeNullOrEmpty
    }
}

Describe 'Media in drives' {
    BeforeAll {
        $inserting = $running[2]
        $iso = Get-VcdMedia rocky-9.4-x86_64-minimal.iso
    }

    BeforeEach {
        Set-Machine $inserting @{ locksDrive = $false }
        if ((Get-VcdVM -Id $inserting.Id).Media) {
            $null = $inserting | Dismount-VcdMedia -Wait
        }
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are inserted and ejected, and the machine comes back with -Wait' {
        $now = $inserting | Mount-VcdMedia -Media $iso -Wait
        $now | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVM
        $now.Name, $now.VApp, $now.Media | Should -Be $inserting.Name, $inserting.VApp, $iso.Name
        $task = Dismount-VcdMedia $inserting
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        ($task | Wait-VcdTask).OperationName | Should -Be 'vappEjectCdFloppy'
        (Get-VcdVM -Id $inserting.Id).Media | Should -BeNullOrEmpty
        Get-Change | Should -Be 'POST /api/vApp/vm-ID/media/action/insertMedia', 'POST /api/vApp/vm-ID/media/action/ejectMedia'
    }

    It 'go into several machines by a wildcard' {
        $all = @(Mount-VcdMedia web-* rocky-9.4-x86_64-minimal.iso -Catalog iso -Wait)
        $all.Name | Sort-Object | Should -Be 'web-01', 'web-02'
        $all.Media | Sort-Object -Unique | Should -Be 'rocky-9.4-x86_64-minimal.iso'
        @($all | Dismount-VcdMedia -Media $iso -Wait | Where-Object Media).Count | Should -Be 0
    }

    It 'are not inserted twice, nor ejected from an empty drive, nor another one than is there' {
        (Get-Failure { $inserting | Dismount-VcdMedia }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.DismountVcdMediaCommand'
        $null = $inserting | Mount-VcdMedia -Media $iso -Wait
        $failed = Get-Failure { $inserting | Mount-VcdMedia -Media 'windows server 2022.iso' }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.MountVcdMediaCommand'
        $failed.Exception.Message | Should -BeLike "*'$($inserting.Name)' has '$($iso.Name)' in its drive*"
        $failed = Get-Failure { $inserting | Dismount-VcdMedia -Media 'windows server 2022.iso' }
        $failed.Exception.Message | Should -BeLike "*does not have 'windows server 2022.iso'*but '$($iso.Name)'*"
        @(Get-Change).Count | Should -Be 1
    }

    It 'say with -Wait what the machine asks, and how to answer' {
        $null = $inserting | Mount-VcdMedia -Media $iso -Wait
        Set-Machine $inserting @{ locksDrive = $true }
        $warnings = $null
        $state = $inserting | Dismount-VcdMedia -Wait -Timeout 4 -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue
        $state | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Timeout,OrchestratorTools.Vcd.DismountVcdMediaCommand'
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike "*'$($inserting.Name)' asks*locked the CD-ROM door*(0 = Yes, 1 = No)*Send-VcdVMAnswer ANSWER -VM '$($inserting.Name)' -VApp '$($inserting.VApp)'*"
        Send-VcdVMAnswer Yes -VM $inserting
        (Get-VcdVM -Id $inserting.Id).Media, (Get-VcdVM -Id $inserting.Id).Status | Should -Be $null, 'POWERED_ON'
    }

    It 'stay where they are with -WhatIf, and for a machine of a template' {
        $inserting | Mount-VcdMedia -Media $iso -WhatIf
        $inserting | Dismount-VcdMedia -WhatIf
        $template = Get-VcdTemplate debian-12-base | Get-VcdVM
        (Get-Failure { $template | Mount-VcdMedia -Media $iso }).FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.MountVcdMediaCommand'
        (Get-Failure { Dismount-VcdMedia $inserting -Catalog iso }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.DismountVcdMediaCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are an error with the server''s words while another task is at work' {
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ taskStepSeconds = 120 }
        try {
            $busy = Mount-VcdMedia $inserting $iso
            $failed = Get-Failure { Mount-VcdMedia $inserting $iso }
            $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.MountVcdMediaCommand'
            $failed.Exception.ServerCode | Should -Be 'BUSY_ENTITY'
            ($busy | Wait-VcdTask).Status | Should -Be 'success'
        }
        finally {
            $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ taskStepSeconds = $null }
        }
    }
}

Describe 'Independent disks' {
    BeforeAll {
        $script:number = 0
        function New-Name {
            $script:number++
            "disk & <$script:number>"
        }
        $vdc = Get-VcdVdc acme-vdc
        $mine = $stopped | Where-Object VApp -EQ db-cluster | Select-Object -First 1
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are made, as a task or as the finished disk' {
        $name = New-Name
        $task = New-VcdDisk $name 20MB -Vdc acme-vdc
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        $disk = $vdc | New-VcdDisk -Name (New-Name) -Size 10MB -Description 'a "b" & <c>' -BusSubType virtualscsi -Locality $mine -Wait
        $disk | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdDisk
        $disk.Size, $disk.Description, $disk.BusSubType, $disk.Vdc, $disk.Status, $disk.Connection | Should -Be 10MB, 'a "b" & <c>', 'VirtualSCSI', 'acme-vdc', 'RESOLVED', 'cloud'
        Get-Change | Should -Be 'POST /api/vdc/ID/disk', 'POST /api/vdc/ID/disk'
    }

    It 'have their size in bytes at an older server' {
        $disk = New-VcdDisk (New-Name) 1500000 -Vdc acme-vdc -Connection old -Wait
        $disk.Size | Should -Be 1500000
        ($disk | Set-VcdDisk -Size 2000000 -Wait).Size | Should -Be 2000000
    }

    It 'are not made of what cannot be: <Said>' -ForEach @(
        @{ Option = @{ Size = 1500000 }; Id = 'Vcd.Validation'; Said = '*-Size 1500000*whole megabytes*1048576 and 2097152*' }
        @{ Option = @{ Size = 10MB; BusType = 'Sata'; BusSubType = 'lsilogic' }; Id = 'Vcd.BadParameter'; Said = '*lsilogic*Scsi*Sata*' }
        @{ Option = @{ Size = 10MB; StorageProfile = 'nosuch' }; Id = 'Vcd.NotFound'; Said = '*-StorageProfile ''nosuch''*' }
        @{ Option = @{ Size = 10MB; Locality = 'nosuch' }; Id = 'Vcd.NotFound'; Said = '*-Locality ''nosuch''*' }
    ) {
        $failed = Get-Failure { New-VcdDisk x -Vdc acme-vdc @Option }
        $failed.FullyQualifiedErrorId | Should -Be "$Id,OrchestratorTools.Vcd.NewVcdDiskCommand"
        $failed.Exception.Message | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are not made with a storage profile of another virtual data center' {
        $other = Get-VcdStorageProfile | Where-Object Vdc -EQ acme-vdc-small | Select-Object -First 1
        $failed = Get-Failure { New-VcdDisk x 10MB -Vdc acme-vdc -StorageProfile $other.Id }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdDiskCommand'
        $failed.Exception.Message | Should -BeLike "*'acme-vdc' does not have that storage profile; it has *"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are an error with the server''s words where the storage is full' {
        $failed = Get-Failure { New-VcdDisk big 500GB -Vdc acme-vdc-small -Wait }
        $failed.Exception.Message | Should -BeLike '*exceed the vDC''s storage quota*'
    }

    It 'are changed' {
        $disk = New-VcdDisk (New-Name) 10MB -Vdc acme-vdc -Description old -Wait
        $name = New-Name
        $now = $disk | Set-VcdDisk -Name $name -Size 30MB -Wait
        $now.Name, $now.Size, $now.Description, $now.Vdc, $now.BusSubType | Should -Be $name, 30MB, 'old', 'acme-vdc', 'lsilogic'
        $policy = Get-VcdStorageProfile -Vdc acme-vdc | Where-Object Name -NE $now.StorageProfile | Select-Object -First 1
        ($now | Set-VcdDisk -Description '' -StorageProfile $policy.Name -Wait).StorageProfile | Should -Be $policy.Name
        (Get-VcdDisk -Id $now.Id).Description | Should -BeNullOrEmpty
        $failed = Get-Failure { $now | Set-VcdDisk -Size 10MB }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SetVcdDiskCommand'
        $failed.Exception.Message | Should -BeLike '*-Size 10485760*31457280 bytes*'
        (Get-Failure { $now | Set-VcdDisk }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdDiskCommand'
        (Get-Failure { $disk, $now | Set-VcdDisk -Name x -WhatIf }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdDiskCommand'
    }

    It 'are attached, found at their machine, detached, and removed' {
        $disk = New-VcdDisk (New-Name) 10MB -Vdc acme-vdc -Wait
        $now = $disk | Mount-VcdDisk -VM $mine -Wait
        $now | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVM
        @($now.Disks | Where-Object DiskHref -EQ $disk.Href).Count | Should -Be 1
        ($mine | Get-VcdDisk).Name | Should -Contain $disk.Name
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $failed = Get-Failure { $disk | Remove-VcdDisk -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.RemoveVcdDiskCommand'
        $failed.Exception.Message | Should -BeLike "*'$($disk.Name)' is attached to virtual machine '$($mine.Name)'*Nothing was sent*"
        (Get-Failure { $disk | Mount-VcdDisk -VM $mine }).Exception.Message | Should -BeLike "*attached to virtual machine '$($mine.Name)' already*"
        $failed = Get-Failure { $disk | Mount-VcdDisk -VM $vm }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.MountVcdDiskCommand'
        $failed.Exception.Message | Should -BeLike "*attached to virtual machine '$($mine.Name)'; one virtual machine has it at a time*"
        (Get-Failure { $disk | Dismount-VcdDisk -VM $vm }).Exception.Message | Should -BeLike "*not attached to that virtual machine, but to virtual machine '$($mine.Name)'*"
        Get-Change | Should -BeNullOrEmpty
        ($disk | Dismount-VcdDisk -Wait).Name | Should -Be $disk.Name
        (Get-Failure { $disk | Dismount-VcdDisk }).Exception.Message | Should -BeLike '*attached to no virtual machine*'
        ($disk | Remove-VcdDisk -Wait -Confirm:$false).OperationName | Should -Be 'vdcDeleteDisk'
        Get-VcdDisk $disk.Name -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'of several go to one machine one after the other' {
        $names = (New-Name), (New-Name)
        $disks = @($names | ForEach-Object { New-VcdDisk $_ 10MB -Vdc acme-vdc -Wait })
        @($disks | Mount-VcdDisk -VM $mine -Wait).Count | Should -Be 2
        @($disks | Dismount-VcdDisk -Wait).Count | Should -Be 2
        @(Remove-VcdDisk 'disk & *' -Vdc acme-vdc -Wait -Confirm:$false).Count | Should -BeGreaterOrEqual 2
    }

    It 'take no place without a controller, and nothing with -WhatIf' {
        $disk = Get-VcdDisk 'scratch & temp'
        (Get-Failure { $disk | Mount-VcdDisk -VM $mine -UnitNumber 3 }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.MountVcdDiskCommand'
        $disk | Mount-VcdDisk -VM $mine -BusNumber 1 -UnitNumber 3 -WhatIf
        $disk | Set-VcdDisk -Name x -WhatIf
        $disk | Remove-VcdDisk -WhatIf
        Get-VcdDisk data-01 | Dismount-VcdDisk -WhatIf
        New-VcdDisk x 10MB -Vdc acme-vdc -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'complete' {
        (TabExpansion2 'Remove-VcdDisk ' -cursorColumn 15).CompletionMatches.CompletionText | Should -Contain 'data-01'
        (TabExpansion2 'New-VcdDisk x 1GB -BusSubType v' -cursorColumn 31).CompletionMatches.CompletionText | Should -Be 'VirtualSCSI', 'vmware.sata.ahci'
    }
}

Describe 'Networks of vApps' {
    BeforeAll {
        $vapp = Get-VcdVApp mail
        function New-Name {
            $script:number++
            "net & <$script:number>"
        }
    }

    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are shown' {
        $networks = @(Get-VcdVAppNetwork -VApp mail)
        $networks.Name | Should -Contain 'dmz'
        $dmz = $vapp | Get-VcdVAppNetwork dmz
        $dmz | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVAppNetwork
        $dmz.Type, $dmz.ParentNetwork, $dmz.VApp, $dmz.Connection | Should -Be 'Direct', 'dmz', 'mail', 'cloud'
        @(Get-VcdVApp | Get-VcdVAppNetwork d*).VApp | Should -Contain 'erp (production)'
        (Get-Failure { $vapp | Get-VcdVAppNetwork nosuch }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdVAppNetworkCommand'
        ($networks | Format-Table | Out-String -Width 120).Split("`n").Length | Should -BeLessThan ($networks.Count + 7)
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are made isolated, with DHCP' {
        $name = New-Name
        $network = $vapp | New-VcdVAppNetwork -Name $name -Gateway 192.168.40.1/24 -IPRange 192.168.40.10-192.168.40.99, 192.168.40.150 -Dns1 8.8.8.8 -DnsSuffix lab.example -DhcpRange 192.168.40.200-192.168.40.220 -DhcpDefaultLeaseTime 600 -Description 'a "b" & <c>' -Wait
        $network.Name, $network.Type, $network.Gateway, $network.PrefixLength, $network.Dns1, $network.DnsSuffix, $network.Description | Should -Be $name, 'Isolated', '192.168.40.1', 24, '8.8.8.8', 'lab.example', 'a "b" & <c>'
        $network.IPRanges | Should -Be '192.168.40.10-192.168.40.99', '192.168.40.150-192.168.40.150'
        $network.IsDhcpEnabled, $network.DhcpRange, $network.DhcpDefaultLeaseTime, $network.DhcpMaximumLeaseTime | Should -Be $true, '192.168.40.200-192.168.40.220', 600, 7200
        Get-Change | Should -Be 'PUT /api/vApp/vapp-ID/networkConfigSection/'
        @($vapp | Get-VcdVAppNetwork).Name | Should -Contain 'dmz'
    }

    It 'are made direct, called as the network that they are, as a task' {
        $parent = Get-VcdNetwork 'office, floor 2 (guest)'
        $task = $vapp | New-VcdVAppNetwork -ParentNetwork $parent
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        $network = Get-VcdVAppNetwork $parent.Name -VApp $vapp
        $network.Type, $network.ParentNetwork | Should -Be 'Direct', $parent.Name
        (Remove-VcdVAppNetwork mail office* -Wait -Confirm:$false).Status | Should -Be 'success'
        (New-VcdVAppNetwork mail -ParentNetwork $parent.Name -Wait).Name | Should -Be $parent.Name
        $null = Get-VcdVAppNetwork $parent.Name -VApp $vapp | Remove-VcdVAppNetwork -Wait -Confirm:$false
    }

    It 'are made routed, with firewall and translation' {
        $name = New-Name
        $inside = @(Get-VcdVM -VApp mail)[0].Name
        $network = New-VcdVAppNetwork mail $name -Type Routed -ParentNetwork dmz -Gateway 192.168.41.1 -Netmask 255.255.255.0 -IPRange 192.168.41.10-192.168.41.20 -RetainResources -Wait -Firewall -FirewallDefaultAction Drop -FirewallLogDefaultAction -FirewallRule @(
            @{ Description = 'web'; Protocol = 'Tcp'; DestinationPort = '443'; SourceIP = 'external' }
            @{ Policy = 'Drop'; Protocol = 'Tcp', 'Udp'; DestinationIP = '192.168.41.10'; IsLogged = $true }
        ) -NatPolicy AllowTrafficIn -NatRule @{ VM = $inside; ExternalPort = 2222; InternalPort = 22 }
        $network.Type, $network.ParentNetwork, $network.RetainsResources, $network.IsFirewallEnabled, $network.FirewallDefaultAction, $network.FirewallLogsDefaultAction | Should -Be 'Routed', 'dmz', $true, $true, 'drop', $true
        "$($network.FirewallRules)" | Should -Be 'Allow Tcp external:Any > Any:443 Drop Tcp+Udp Any:Any > 192.168.41.10:Any'
        "$($network.NatType) $($network.NatPolicy) $($network.NatRules)" | Should -Be "portForwarding allowTrafficIn TCP *:2222 > $inside/0:22"
        $network.RouterIPAddress | Should -Match '^10\.16\.'

        # Changed: one rule more, one off, the rest stays.
        $network.FirewallRules[1].IsEnabled = $false
        $now = $network | Set-VcdVAppNetwork -FirewallRule ($network.FirewallRules + @{ Description = 'ping'; Protocol = 'Icmp' }) -Nat:$false -Dns2 9.9.9.9 -Wait
        $now.FirewallRules.Count, $now.FirewallRules[1].IsEnabled, $now.FirewallRules[2].Description, $now.IsNatEnabled, $now.NatRules.Count, $now.Dns2, $now.Gateway, $now.RetainsResources | Should -Be 3, $false, 'ping', $false, 1, '9.9.9.9', '192.168.41.1', $true
        ($now | Set-VcdVAppNetwork -FirewallRule @() -NatRule @() -RetainResources:$false -Firewall:$false -Wait | ForEach-Object { "$($_.FirewallRules.Count) $($_.NatRules.Count) $($_.RetainsResources) $($_.IsFirewallEnabled)" }) | Should -Be '0 0 False False'
        ($now | Set-VcdVAppNetwork -Type Isolated -Wait).Type | Should -Be 'Isolated'
        (Set-VcdVAppNetwork mail $name -ParentNetwork dmz -Description x -Wait | ForEach-Object { "$($_.Type) $($_.ParentNetwork) $($_.Description)" }) | Should -Be 'Routed dmz x'
    }

    It 'of one vApp are changed and removed in one request' {
        $names = (New-Name), (New-Name)
        $names | ForEach-Object { $null = New-VcdVAppNetwork mail $_ -Gateway 192.168.42.1/24 -Wait }
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $both = @(Get-VcdVAppNetwork -VApp mail | Where-Object Name -In $names | Set-VcdVAppNetwork -Dns1 1.1.1.1 -Wait)
        $both.Name | Should -Be $names
        $both.Dns1 | Should -Be '1.1.1.1', '1.1.1.1'
        ($both | Remove-VcdVAppNetwork -Wait -Confirm:$false).OperationName | Should -Not -BeNullOrEmpty
        Get-Change | Should -Be 'PUT /api/vApp/vapp-ID/networkConfigSection/', 'PUT /api/vApp/vapp-ID/networkConfigSection/'
        @(Get-VcdVAppNetwork -VApp mail | Where-Object Name -In $names).Count | Should -Be 0
    }

    It 'are not removed while machines use them' {
        $used = Get-VcdVApp | Get-VcdVAppNetwork | Where-Object { $_.VMs.Count -gt 0 } | Select-Object -First 1
        $failed = Get-Failure { $used | Remove-VcdVAppNetwork -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.RemoveVcdVAppNetworkCommand'
        $failed.Exception.Message | Should -BeLike "Network '$($used.Name)' of vApp '$($used.VApp)' is in use: virtual machine*'$($used.VMs[0])'*Nothing was sent*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are found, as startup orders and leases are, in the virtual data center that is named, or where the vApp came from' {
        $elsewhere = (Get-VcdVdc | Where-Object Name -NE $vapp.Vdc)[0].Name
        (Get-VcdVAppNetwork dmz -VApp mail -Vdc $vapp.Vdc).VApp, (Get-VcdLease mail -Vdc $vapp.Vdc).Name, (Get-VcdStartupOrder mail -Vdc $vapp.Vdc)[0].VApp | Should -Be 'mail', 'mail', 'mail'
        foreach ($script in { Get-VcdVAppNetwork -VApp mail -Vdc $elsewhere }, { Get-VcdLease mail -Vdc $elsewhere }, { Get-VcdStartupOrder mail -Vdc $elsewhere }, { New-VcdVAppNetwork mail x -Vdc $elsewhere }, { Set-VcdVAppNetwork mail dmz -Vdc $elsewhere -Description x }, { Remove-VcdVAppNetwork mail dmz -Vdc $elsewhere -Confirm:$false }) {
            (Get-Failure $script).FullyQualifiedErrorId | Should -BeLike 'Vcd.NotFound,*' -Because $script
        }

        $old = Get-VcdVApp mail -Connection old
        ($old | Get-VcdVAppNetwork dmz).Connection, ($old | Get-VcdLease).Connection, ($old | Get-VcdStartupOrder)[0].Connection | Should -Be 'old', 'old', 'old'
        (Get-VcdVAppNetwork dmz -VApp $old).Connection, (Get-VcdLease $old).Connection, (Get-VcdStartupOrder $old)[0].Connection | Should -Be 'old', 'old', 'old'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'lead to networks that came by the same connection' {
        $parent = Get-VcdNetwork dmz -Connection old
        foreach ($script in { $vapp | New-VcdVAppNetwork -Name x -ParentNetwork $parent }, { $vapp | Set-VcdVAppNetwork -Name dmz -ParentNetwork $parent }, { $vapp | Get-VcdVAppNetwork dmz | Set-VcdVAppNetwork -ParentNetwork $parent }) {
            (Get-Failure $script).FullyQualifiedErrorId | Should -BeLike 'Vcd.ConnectionMismatch,*' -Because $script
        }

        Get-Change | Should -BeNullOrEmpty
    }

    It 'are not made of what cannot be: <Said>' -ForEach @(
        @{ Option = @{ ParentNetwork = 'lab' }; Id = 'Vcd.NotFound'; Said = "-ParentNetwork 'lab'*'acme-vdc'*'mail' has no such network; it has *'dmz'*'internal & db'*" }
        @{ Option = @{ Gateway = '10.1.1.1/24'; IPRange = '10.1.2.1-10.1.2.9' }; Id = 'Vcd.Validation'; Said = "-IPRange '10.1.2.1-10.1.2.9'*subnet 10.1.1.0/24*10.1.1.1 to 10.1.1.254*" }
        @{ Option = @{ Gateway = '10.1.1.255/24' }; Id = 'Vcd.Validation'; Said = '*broadcast*' }
        @{ Option = @{ Gateway = '10.1.1.1/24'; Firewall = $true }; Id = 'Vcd.Validation'; Said = '-Firewall: it needs a routed network*' }
    ) {
        $failed = Get-Failure { New-VcdVAppNetwork mail x @Option }
        $failed.FullyQualifiedErrorId | Should -Be "$Id,OrchestratorTools.Vcd.NewVcdVAppNetworkCommand"
        $failed.Exception.Message | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'say what is missing before anything is asked' {
        (Get-Failure { New-VcdVAppNetwork mail -Gateway 10.1.1.1/24 }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.NewVcdVAppNetworkCommand'
        (Get-Failure { Set-VcdVAppNetwork mail dmz }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdVAppNetworkCommand'
        { New-VcdVAppNetwork mail x -ParentNetwork dmz -Type Routed -FirewallRule @{ Port = 1 } } | Should -Throw '*FirewallRule*Port*DestinationPort*'
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd).Count | Should -Be 0
    }

    It 'stay as they are with -WhatIf' {
        New-VcdVAppNetwork mail x -Gateway 10.1.1.1/24 -WhatIf
        Set-VcdVAppNetwork mail dmz -Description x -WhatIf
        Get-VcdVAppNetwork -VApp mail | Remove-VcdVAppNetwork -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'complete for the vApp that is typed' {
        (TabExpansion2 'Set-VcdVAppNetwork mail ' -cursorColumn 24).CompletionMatches.CompletionText | Should -Contain 'dmz'
        (TabExpansion2 'New-VcdVAppNetwork mail x -ParentNetwork of' -cursorColumn 43).CompletionMatches.CompletionText | Should -Be "'office, floor 2 (guest)'"
    }
}
